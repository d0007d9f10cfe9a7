package dev.daybook.engine.request;

import dev.daybook.protocol.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a request is answered, free of the encoding. */
public sealed interface Answer<P> {
    Status status();

    /** Adds, WRITE_LAC, FORCE_LEDGER, deletions. */
    record Done<P>(Status status) implements Answer<P> {}

    /**
     * @param entryId of a piggybacked entry, -1 for a poll that brings none; absent: as requested
     */
    record Entry<P>(
            Status status, OptionalLong entryId, Optional<P> payload, OptionalLong maxLac, OptionalLong lacUpdateMillis)
            implements Answer<P> {
        static <P> Entry<P> failed(Status status) {
            return new Entry<>(
                    status, OptionalLong.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }

    /** @param payloads a run without gap, empty unless the status is OK */
    record Batch<P>(Status status, List<P> payloads) implements Answer<P> {}

    record Lac<P>(Status status, Optional<byte[]> explicitLac, Optional<P> lastEntry) implements Answer<P> {}

    /** @param entryIds ascending; present if the status is OK */
    record EntryList<P>(Status status, Optional<long[]> entryIds) implements Answer<P> {}
}
