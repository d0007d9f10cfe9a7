package dev.daybook.importer.source;

import java.util.Optional;

/**
 * What an index says of a ledger. Arrays are shared and must not be changed.
 *
 * @param explicitLac the packet as the client sent it
 * @param limbo acknowledged entries may be missing
 */
public record SourceLedger(
        long ledgerId, byte[] masterKey, boolean fenced, Optional<byte[]> explicitLac, boolean limbo) {}
