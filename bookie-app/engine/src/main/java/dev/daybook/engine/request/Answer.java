package dev.daybook.engine.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a request is answered, free of the encoding. */
public sealed interface Answer<P> {
    Verdict verdict();

    /** Adds, WRITE_LAC, FORCE_LEDGER, deletions. */
    record Done<P>(Verdict verdict) implements Answer<P> {}

    /**
     * @param entryId of a piggybacked entry, -1 for a poll that brings none; absent: as requested
     */
    record Entry<P>(
            Verdict verdict,
            OptionalLong entryId,
            Optional<P> payload,
            OptionalLong maxLac,
            OptionalLong lacUpdateMillis)
            implements Answer<P> {
        static <P> Entry<P> failed(Verdict verdict) {
            return new Entry<>(
                    verdict, OptionalLong.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }

    /** @param payloads a run without gap, empty unless the verdict is OK */
    record Batch<P>(Verdict verdict, List<P> payloads) implements Answer<P> {}

    record Lac<P>(Verdict verdict, Optional<byte[]> explicitLac, Optional<P> lastEntry) implements Answer<P> {}

    /** @param entryIds ascending; present if the verdict is OK */
    record EntryList<P>(Verdict verdict, Optional<long[]> entryIds) implements Answer<P> {}
}
