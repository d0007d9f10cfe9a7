package dev.daybook.core.metadata;

import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;

/** How a {@link ReadMetadata} ended. */
public sealed interface MetadataReply {
    record Found(Versioned<LedgerMetadata> record) implements MetadataReply {}

    /** There is no such ledger. */
    record Gone() implements MetadataReply {}

    /** The store did not answer in time or cannot be understood. */
    record Failed(String detail) implements MetadataReply {}
}
