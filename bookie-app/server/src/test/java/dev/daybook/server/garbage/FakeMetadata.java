package dev.daybook.server.garbage;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Metadata that fails when told to. A ledger that is not in the map is gone. */
class FakeMetadata implements LedgersInMetadata {
    final Map<Long, Standing> ledgers = new TreeMap<>();
    final Set<Long> unlisted = new HashSet<>();
    final Set<Long> unreadable = new HashSet<>();
    final Set<Long> locked = new TreeSet<>();
    boolean ourCluster = true;
    boolean listingBreaks;
    boolean releaseFails;
    Runnable onLock = () -> {};
    private final Set<Long> doubtful = new TreeSet<>();

    FakeMetadata with(Standing standing, long... ids) {
        for (long id : ids) {
            ledgers.put(id, standing);
        }
        return this;
    }

    @Override
    public boolean isOurCluster() {
        return ourCluster;
    }

    @Override
    public void forEach(LongConsumer consumer) throws IOException {
        for (long id : ledgers.keySet()) {
            if (!unlisted.contains(id)) {
                consumer.accept(id);
            }
        }
        if (listingBreaks) {
            throw new IOException("connection lost");
        }
    }

    @Override
    public Standing standingOf(long ledgerId) throws IOException {
        if (unreadable.contains(ledgerId)) {
            throw new IOException("connection lost");
        }
        return ledgers.getOrDefault(ledgerId, Standing.GONE);
    }

    @Override
    public Optional<Lock> lock(long ledgerId) {
        if (!locked.add(ledgerId)) {
            return Optional.empty();
        }
        onLock.run();
        return Optional.of(() -> release(ledgerId));
    }

    private void release(long ledgerId) throws IOException {
        if (releaseFails) {
            doubtful.add(ledgerId);
            throw new IOException("connection lost");
        }
        locked.remove(ledgerId);
    }

    @Override
    public void settleLocks() {
        locked.removeAll(doubtful);
        doubtful.clear();
    }
}
