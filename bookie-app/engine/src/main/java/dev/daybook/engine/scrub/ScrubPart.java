package dev.daybook.engine.scrub;

/** What a bookie keeps on disk, each with what is done when a scrub finds it damaged. */
public enum ScrubPart {
    /** Its facts are in memory still: once a checkpoint contains them, the file is not needed any more. */
    JOURNAL(ScrubRemedy.CHECKPOINT),
    CHECKPOINT(ScrubRemedy.CHECKPOINT),
    /** Every ledger is in memory. */
    LEDGER_TABLE(ScrubRemedy.CHECKPOINT),
    /** Can be made anew from the entry logs. */
    INDEX(ScrubRemedy.REBUILD_INDEX),
    /** Nothing here has the entries a second time. */
    ENTRY_LOG(ScrubRemedy.ASK_THE_CLUSTER),
    COOKIE(ScrubRemedy.RESTORE_COOKIE);

    private final ScrubRemedy remedy;

    ScrubPart(ScrubRemedy remedy) {
        this.remedy = remedy;
    }

    public ScrubRemedy remedy() {
        return remedy;
    }
}
