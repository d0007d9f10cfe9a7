package dev.daybook.client.log;

import java.time.Instant;

/** Where a reader begins. */
public sealed interface LogStart {
    /** At the first record that is not truncated. */
    record Earliest() implements LogStart {}

    /** Behind the last record that is confirmed when the reader is opened. */
    record Latest() implements LogStart {}

    /** At this record, which must not be truncated. */
    record At(LogPosition position) implements LogStart {}

    /** Behind this record: how a reader goes on that remembers what it has processed. */
    record After(LogPosition position) implements LogStart {}

    /**
     * At the beginning of the ledger that was being written at that time, so some earlier records come first; at the
     * first record that is left if the log is younger.
     */
    record Since(Instant time) implements LogStart {}

    static LogStart earliest() {
        return new Earliest();
    }

    static LogStart latest() {
        return new Latest();
    }

    static LogStart at(LogPosition position) {
        return new At(position);
    }

    static LogStart after(LogPosition position) {
        return new After(position);
    }

    static LogStart since(Instant time) {
        return new Since(time);
    }
}
