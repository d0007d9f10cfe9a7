package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import java.util.Optional;

/**
 * A record on its way through the journal, or a marker that only waits for the next sync. Its fate is told to the core
 * by {@link BookieCore#onWritten}, {@link BookieCore#onSynced} or {@link BookieCore#onAppendFailed}.
 */
public final class Append<P> {
    /** What follows from the fate of the record. */
    interface Outcome {
        void synced();

        void failed();

        /** The operating system has the record. */
        default void written() {}
    }

    /** Nobody waits for the record itself; a later one of the same ledger shares its fate. */
    static final Outcome NO_OUTCOME = new Outcome() {
        @Override
        public void synced() {}

        @Override
        public void failed() {}
    };

    private final long ledgerId;
    private final Optional<JournalRecord<P>> journalRecord;
    private final boolean wantsWritten;
    private final Outcome outcome;

    Append(long ledgerId, Optional<JournalRecord<P>> journalRecord, boolean wantsWritten, Outcome outcome) {
        this.ledgerId = ledgerId;
        this.journalRecord = journalRecord;
        this.wantsWritten = wantsWritten;
        this.outcome = outcome;
    }

    /** Chooses the journal. */
    public long ledgerId() {
        return ledgerId;
    }

    /** Absent for a marker, which is never written. */
    public Optional<JournalRecord<P>> journalRecord() {
        return journalRecord;
    }

    /** Whether {@link BookieCore#onWritten} must be called; otherwise that call has no effect. */
    public boolean wantsWritten() {
        return wantsWritten;
    }

    Outcome outcome() {
        return outcome;
    }
}
