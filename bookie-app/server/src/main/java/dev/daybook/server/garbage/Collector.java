package dev.daybook.server.garbage;

import dev.daybook.engine.garbage.DeletionLimit;
import dev.daybook.engine.garbage.Sightings;
import dev.daybook.server.garbage.LedgersInMetadata.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops ledgers that do not exist any more. A ledger goes only if it was here before the listing began, two complete
 * listings in a row do not have it, the metadata service says of this very ledger that it is gone, and not too many go
 * with it. Doubt keeps it. Source: bookie specification, section 9.1. Not thread-safe.
 */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** Tombstones on their way to the journal at the same time. */
    private static final int DELETIONS_AT_ONCE = 1000;

    /** A shard that takes longer than this has died. */
    private static final long ANSWER_SECONDS_MAX = 60;

    private final LocalLedgers local;
    private final LedgersInMetadata metadata;
    private final DeletionLimit limit;
    private final Pacer pacer;
    private final Sightings sightings = new Sightings();

    /** @param pacer of requests to the metadata service */
    Collector(LocalLedgers local, LedgersInMetadata metadata, DeletionLimit limit, Pacer pacer) {
        this.local = local;
        this.metadata = metadata;
        this.limit = limit;
        this.pacer = pacer;
    }

    /**
     * One pass.
     *
     * @param forced the second sighting follows the first at once instead of in the next pass
     * @param mayDeleteAll an operator says that so many deletions are meant
     * @throws IOException with one sentence if the pass was left out; then nothing was dropped
     */
    CollectionReport collect(boolean forced, boolean mayDeleteAll) throws IOException {
        metadata.requireOurCluster();
        Sighting first = look();
        long[] candidates = sightings.pass(first.missing());
        long listed = first.listed();
        if (forced && candidates.length < first.missing().length) {
            Sighting second = look();
            candidates = sightings.pass(second.missing());
            listed = Math.min(listed, second.listed());
        }
        Optional<String> refusal =
                mayDeleteAll ? Optional.empty() : limit.refusalOf(first.held(), first.missing().length, listed);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        List<Long> gone = proven(candidates);
        long dropped = drop(gone);
        return new CollectionReport(first.held(), dropped, first.missing().length - dropped);
    }

    /**
     * What one listing shows.
     *
     * @param held ledgers here before it began
     * @param missing those of them that it does not have
     */
    private record Sighting(long held, long[] missing, long listed) {}

    private Sighting look() throws IOException {
        // The snapshot comes first: a ledger that is created during the listing is never a candidate.
        long[] here = local.ids();
        BitSet existing = new BitSet(here.length);
        long[] listed = new long[1];
        metadata.forEach(ledgerId -> {
            listed[0]++;
            int index = Arrays.binarySearch(here, ledgerId);
            if (index >= 0) {
                existing.set(index);
            }
        });
        long[] missing = new long[here.length - existing.cardinality()];
        int count = 0;
        for (int i = existing.nextClearBit(0); i < here.length; i = existing.nextClearBit(i + 1)) {
            missing[count++] = here[i];
        }
        return new Sighting(here.length, missing, listed[0]);
    }

    /** Those of the candidates that the service says are gone; after its first failure it is not asked again. */
    private List<Long> proven(long[] candidates) {
        List<Long> gone = new ArrayList<>();
        for (long ledgerId : candidates) {
            if (pacer.take(1)) {
                return gone;
            }
            try {
                if (metadata.standingOf(ledgerId) == Standing.GONE) {
                    gone.add(ledgerId);
                }
            } catch (IOException e) {
                LOG.warn("It is not known whether ledger {} is gone, so it stays: {}", ledgerId, e.getMessage());
                return gone;
            }
        }
        return gone;
    }

    private long drop(List<Long> gone) {
        long dropped = 0;
        for (int from = 0; from < gone.size(); from += DELETIONS_AT_ONCE) {
            List<CompletableFuture<Boolean>> answers =
                    gone.subList(from, Math.min(gone.size(), from + DELETIONS_AT_ONCE)).stream()
                            .map(ledgerId -> local.delete(ledgerId).orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS))
                            .toList();
            dropped += answers.stream().filter(CompletableFuture::join).count();
        }
        return dropped;
    }
}
