package dev.daybook.client.log;

import dev.daybook.core.log.LogSegment;
import java.util.List;

/**
 * A log as its record in the metadata service describes it at one moment.
 *
 * @param epoch number of its writers so far
 * @param owner mark of the writer that took over last, which may be gone; empty if there was none
 * @param start what comes before it is truncated
 * @param segments its ledgers, oldest first
 * @param doomedLedgers ledgers that were truncated and are not deleted yet
 */
public record LogDescription(
        String name, long epoch, String owner, LogPosition start, List<LogSegment> segments, int doomedLedgers) {
    public LogDescription {
        segments = List.copyOf(segments);
    }
}
