package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;

/**
 * What every frame begins with, and what an answer takes over from its request.
 *
 * @param version the protocol version as sent: 0 to 2 in v2 packets, 3 in v3 messages, other values when the peer is
 *     confused, which the server answers with {@link Status#BAD_VERSION}
 * @param txnId the v3 correlation id, or the request id of a v2 batch read; 0 in other v2 packets
 * @param priority v3: the number as sent; v2: 1 when the high priority flag is set
 */
public record FrameHeader(Generation generation, Operation operation, int version, long txnId, int priority) {
    /** The priority that the peer's client gives to the reads and adds of recovery. */
    public static final int HIGH_PRIORITY = 100;

    static final int V3_VERSION = 3;
    private static final int V2_VERSION_MAX = 2;

    public static FrameHeader v3(Operation operation, long txnId) {
        return new FrameHeader(Generation.V3, operation, V3_VERSION, txnId, 0);
    }

    public static FrameHeader v2(Operation operation) {
        return new FrameHeader(Generation.V2, operation, V2_VERSION_MAX, 0, 0);
    }

    public static FrameHeader v2Batch(long requestId) {
        return new FrameHeader(Generation.V2, Operation.BATCH_READ, V2_VERSION_MAX, requestId, 0);
    }

    public FrameHeader withPriority(int newPriority) {
        return newPriority == priority ? this : new FrameHeader(generation, operation, version, txnId, newPriority);
    }

    public boolean isHighPriority() {
        return priority > 0;
    }

    /** Whether a server understands the version; otherwise it answers {@link Status#BAD_VERSION}. */
    public boolean isSupportedVersion() {
        return generation == Generation.V3 ? version == V3_VERSION : version >= 0 && version <= V2_VERSION_MAX;
    }

    /** Answers carry no priority, except those that copy the header whole (wire protocol, section 4.3). */
    public FrameHeader forAnswer() {
        return generation == Generation.V3 ? v3(operation, txnId) : withPriority(0);
    }
}
