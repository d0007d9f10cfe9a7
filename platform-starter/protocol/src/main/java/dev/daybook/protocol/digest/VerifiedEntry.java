package dev.daybook.protocol.digest;

import io.netty.buffer.ByteBuf;

/** What the check of a packaged entry found. */
public sealed interface VerifiedEntry {
    /**
     * @param payload a retained slice of the packaged entry; the receiver releases it once
     * @param length payload bytes of the ledger up to and including this entry
     */
    record Verified(ByteBuf payload, long entryId, long lac, long length) implements VerifiedEntry {}

    /**
     * These bytes are not the entry that was asked for, or they are damaged. An error of that replica, never a proof that
     * the entry is absent.
     */
    record Mismatch() implements VerifiedEntry {}
}
