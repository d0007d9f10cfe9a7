package dev.daybook.simulator.client;

import dev.daybook.simulator.world.Actor;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;

/** A client that deletes a ledger, whatever state it is in. */
public final class Deleter {
    private final Surroundings around;
    private final Actor process;
    private final long ledgerId;

    public Deleter(Surroundings around, String name, long ledgerId) {
        this.around = around;
        this.process = new Actor(around.world(), name);
        this.ledgerId = ledgerId;
        process.onDeath(() -> around.history().abandon(name));
    }

    public Actor process() {
        return process;
    }

    public void delete() {
        String handle = process.name() + "#" + ledgerId;
        int operation = around.history().invoke(process.name(), handle, Call.DELETE, ledgerId);
        around.metadata().delete(process, ledgerId, certain -> {
            around.world().saw("sometimes: ledger deleted");
            around.history().end(operation, certain ? Kind.OK : Kind.INFO, "");
        });
    }
}
