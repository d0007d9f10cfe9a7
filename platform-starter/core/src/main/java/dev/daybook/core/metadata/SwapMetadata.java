package dev.daybook.core.metadata;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.LedgerMetadata;

/** Replace the record if its stored version is still {@code expectedVersion}. */
public record SwapMetadata(LedgerMetadata metadata, long expectedVersion) implements Effect<MetadataRequests> {
    @Override
    public void dispatch(MetadataRequests handler) {
        handler.swapMetadata(this);
    }
}
