package dev.daybook.samples.quickstart;

import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** How writing a text ended. */
sealed interface Written {
    /**
     * The whole text is in the ledger, acknowledged.
     *
     * @param timing absent when an earlier run wrote it
     */
    record Complete(LedgerId ledger, Fingerprint.Value fingerprint, Optional<Timing> timing) implements Written {}

    /**
     * How long writing took.
     *
     * @param latencies of single appends, nanoseconds
     */
    record Timing(long nanos, Histogram latencies) {}

    /** Only the beginning of it is. */
    record Stopped(Outcome why) implements Written {}
}
