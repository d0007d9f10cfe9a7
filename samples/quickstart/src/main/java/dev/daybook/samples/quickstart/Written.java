package dev.daybook.samples.quickstart;

import dev.daybook.protocol.model.LedgerId;
import org.HdrHistogram.Histogram;

/** How writing a text ended. */
sealed interface Written {
    /**
     * The whole text is in the ledger, acknowledged.
     *
     * @param latencies of single appends, nanoseconds
     */
    record Complete(LedgerId ledger, Fingerprint.Value fingerprint, long nanos, Histogram latencies)
            implements Written {}

    /** Only the beginning of it is. */
    record Stopped(Outcome why) implements Written {}
}
