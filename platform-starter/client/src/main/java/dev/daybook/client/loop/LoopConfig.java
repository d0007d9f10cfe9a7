package dev.daybook.client.loop;

import dev.daybook.client.PlacementConfig;
import dev.daybook.client.ReadConfig;
import java.time.Duration;

/**
 * @param addTimeout of one add to one bookie
 * @param readTimeout of every other request to a bookie
 * @param reads how entries are read
 * @param placement how bookies are chosen
 * @param metadataTimeout of one metadata operation
 * @param maxFrameBytes of a request or an answer, length prefix included
 * @param idleLacDelay after which a writer with nothing more to say tells its last-add-confirmed to the bookies; 0: never
 * @param appendTimeout after which the application is told that an append was not acknowledged
 */
record LoopConfig(
        Duration addTimeout,
        Duration readTimeout,
        ReadConfig reads,
        PlacementConfig placement,
        Duration metadataTimeout,
        int maxFrameBytes,
        Duration idleLacDelay,
        Duration appendTimeout) {
    /** What the frame around a packaged entry takes at most, both ways (wire protocol, section 2). */
    private static final int FRAME_OVERHEAD_BYTES = 512;

    /** Longest packaged entry that fits into an add and into the answer to its read. */
    int maxPackagedBytes() {
        return maxFrameBytes - FRAME_OVERHEAD_BYTES;
    }
}
