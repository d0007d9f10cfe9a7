package dev.daybook.engine.request;

import java.util.Optional;

/**
 * A read of consecutive entries (wire protocol, section 5.4).
 *
 * @param maxCount not positive: unlimited
 * @param maxSizeBytes of the whole answer, already capped by the server's own limit
 */
public record BatchCommand(
        long ledgerId,
        long startEntryId,
        int maxCount,
        long maxSizeBytes,
        boolean fence,
        Optional<byte[]> masterKey,
        boolean urgent) {}
