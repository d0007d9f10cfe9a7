package dev.daybook.protocol.wire;

/** The two encodings that share the bookie port. */
public enum Generation {
    /** Fixed binary packets. */
    V2,
    /** Protocol buffers. */
    V3
}
