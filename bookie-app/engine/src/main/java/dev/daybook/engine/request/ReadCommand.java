package dev.daybook.engine.request;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A read, fencing read or long poll.
 *
 * @param entryId -1 asks for the highest entry stored
 * @param urgent asked for by recovery
 */
public record ReadCommand(
        long ledgerId, long entryId, boolean fence, Optional<byte[]> masterKey, Optional<Poll> poll, boolean urgent) {
    /** @param timeoutMillis absent: no wait */
    public record Poll(long previousLac, OptionalLong timeoutMillis, boolean piggyback) {}
}
