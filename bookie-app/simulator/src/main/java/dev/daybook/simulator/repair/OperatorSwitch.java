package dev.daybook.simulator.repair;

import dev.daybook.client.meta.MetadataStore;

/** The operator who switches auto-recovery off and on, and repeats the last wish until it was heard. */
final class OperatorSwitch {
    private final MetadataStore store;
    private boolean wanted = true;

    OperatorSwitch(MetadataStore store) {
        this.store = store;
    }

    void turn(boolean on) {
        wanted = on;
        ask(on);
    }

    /** An order whose answer was lost may have been carried out late, after a newer one. */
    private void ask(boolean on) {
        store.repairs().setEnabled(on).whenComplete((changed, failure) -> {
            if (failure != null || on != wanted) {
                ask(wanted);
            }
        });
    }
}
