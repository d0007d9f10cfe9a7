package dev.daybook.core.metadata;

/** How a {@link SwapMetadata} ended. */
public sealed interface SwapReply {
    /** The record is stored under this version. */
    record Swapped(long version) implements SwapReply {}

    /** Another version is stored. */
    record Conflict() implements SwapReply {}

    /** The ledger was deleted. */
    record Gone() implements SwapReply {}

    /**
     * The write may or may not have happened, or may still happen: connection lost or deadline passed after sending.
     * When in doubt a driver says this, never {@link Failed}.
     */
    record Unknown() implements SwapReply {}

    /** The write certainly did not happen and will not. */
    record Failed(String detail) implements SwapReply {}
}
