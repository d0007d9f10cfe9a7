package dev.daybook.server.garbage;

import dev.daybook.server.garbage.LedgersInMetadata.Lock;
import dev.daybook.server.garbage.LedgersInMetadata.Standing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops copies of closed ledgers whose metadata names other bookies only, as repair leaves them behind when it moves
 * ledgers from a bookie that comes back later. A copy goes only if that was so in an earlier pass, too, nobody holds the
 * lock of repair, it is still so under that lock, and nobody has added to the copy since it was first seen: a repair
 * without the lock may be bringing it back. Source: bookie specification, section 9.3. Not thread-safe.
 */
final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

    /** A shard that takes longer than this has died. */
    private static final long ANSWER_SECONDS_MAX = 60;

    private final LocalLedgers local;
    private final LedgersInMetadata metadata;
    private final Pacer pacer;

    /** Ledger to the flush that was the current one when it was seen to belong elsewhere. */
    private final Map<Long, Long> sighted = new LinkedHashMap<>();

    Evictor(LocalLedgers local, LedgersInMetadata metadata, Pacer pacer) {
        this.local = local;
        this.metadata = metadata;
        this.pacer = pacer;
    }

    /**
     * Drops what was sighted in an earlier pass.
     *
     * @return how many ledgers went
     * @throws IOException if the metadata service fails; the rest is tried in the next pass
     */
    long evict() throws IOException {
        metadata.requireOurCluster();
        // A ledger that is locked by nobody's wish would never be repaired.
        metadata.settleLocks();
        long evicted = 0;
        for (Map.Entry<Long, Long> copy : Map.copyOf(sighted).entrySet()) {
            if (pacer.take(2)) {
                break;
            }
            evicted += evict(copy.getKey(), copy.getValue()) ? 1 : 0;
            sighted.remove(copy.getKey());
        }
        return evicted;
    }

    private boolean evict(long ledgerId, long sinceFlush) throws IOException {
        Optional<Lock> lock = metadata.lock(ledgerId);
        if (lock.isEmpty()) {
            return false; // Somebody repairs it; the next sighting begins anew.
        }
        try {
            return metadata.standingOf(ledgerId) == Standing.ELSEWHERE
                    && local.evict(ledgerId, sinceFlush)
                            .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                            .join();
        } finally {
            release(ledgerId, lock.get());
        }
    }

    private static void release(long ledgerId, Lock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            LOG.warn("The lock of ledger {} is given back in the next pass: {}", ledgerId, e.getMessage());
        }
    }

    /** Looks through all ledgers for copies that belong elsewhere; they go in a later pass. */
    void look() throws IOException {
        metadata.requireOurCluster();
        long flush = local.currentFlush();
        for (long ledgerId : local.ids()) {
            if (pacer.take(1)) {
                return;
            }
            if (metadata.standingOf(ledgerId) == Standing.ELSEWHERE) {
                sighted.putIfAbsent(ledgerId, flush);
            }
        }
    }
}
