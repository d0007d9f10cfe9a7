package dev.daybook.core.metadata;

import dev.daybook.core.effect.Effect;

/** Read the record and its version from the store. */
public record ReadMetadata() implements Effect<MetadataRequests> {
    @Override
    public void dispatch(MetadataRequests handler) {
        handler.readMetadata(this);
    }
}
