package dev.daybook.metrics;

/** How it stands with a ledger that lacks copies; the value of the tag {@code phase}. */
public enum RepairPhase {
    /** Nobody has begun, because others come first or auto-recovery is switched off. */
    WAITING("waiting"),
    WORKING("working"),
    /** Open: its writer has time to help itself. */
    GRACE_PERIOD("grace_period"),
    /** The last attempt left copies missing. */
    BACK_OFF("back_off"),
    LOCKED_ELSEWHERE("locked_elsewhere"),
    PLACEMENT_ONLY("placement_only");

    private final String tag;

    RepairPhase(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }
}
