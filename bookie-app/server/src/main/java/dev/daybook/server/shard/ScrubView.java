package dev.daybook.server.shard;

import dev.daybook.engine.scrub.ScrubPart;
import dev.daybook.server.journal.JournalLoop;
import dev.daybook.server.scrub.Scrubbed;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.journal.JournalScrub;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreScrub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Lets a scrub at the files of the bookie: journals first, then ledger directories. */
final class ScrubView implements Scrubbed {
    private static final String JOURNAL = "journal ";

    private final StorageSet storage;
    private final BookieDisks disks;
    private final List<JournalLoop> journals;
    private final Flusher flusher;

    ScrubView(StorageSet storage, BookieDisks disks, List<JournalLoop> journals, Flusher flusher) {
        this.storage = storage;
        this.disks = disks;
        this.journals = journals;
        this.flusher = flusher;
    }

    @Override
    public List<String> places() {
        return Stream.concat(
                        disks.journals().stream().map(disk -> JOURNAL + disk.path()),
                        disks.ledgers().stream().map(disk -> disk.path()))
                .toList();
    }

    @Override
    public List<Damage> read(String place, LongConsumer pace) throws IOException {
        int index = places().indexOf(place);
        return place.startsWith(JOURNAL) ? readJournal(index, pace) : readStore(place, pace);
    }

    private List<Damage> readJournal(int index, LongConsumer pace) throws IOException {
        JournalPosition syncedEnd = journals.get(index).syncedEnd();
        List<JournalScrub.Damage> found;
        try {
            found = JournalScrub.run(disks.journals().get(index), syncedEnd, pace);
        } catch (IOException e) {
            if (journals.get(index).syncedEnd().generation() == syncedEnd.generation()) {
                throw e;
            }
            return List.of(); // Files went while they were read; the next round looks again.
        }
        JournalPosition mark = storage.minimumMark(index);
        List<Damage> damage = new ArrayList<>();
        for (JournalScrub.Damage each : found) {
            if (each.position().generation() >= mark.generation()) {
                damage.add(new Damage(ScrubPart.JOURNAL, each.file(), each.how(), Map.of()));
            }
        }
        return damage;
    }

    private List<Damage> readStore(String place, LongConsumer pace) throws IOException {
        return StoreScrub.run(disks.ledgers().get(storeIndex(place)), pace).stream()
                .map(found -> new Damage(found.part(), found.file(), found.how(), found.entriesByLedger()))
                .toList();
    }

    private int storeIndex(String place) {
        return places().indexOf(place) - journals.size();
    }

    @Override
    public void checkpoint() throws IOException {
        flusher.flushEverything();
    }

    @Override
    public void rebuildIndex(String place, String why) {
        storage.stores().get(storeIndex(place)).requestRebuild(why);
    }

    @Override
    public Set<Long> ledgersInDoubt() {
        Set<Long> ledgers = new HashSet<>();
        for (LedgerStore store : storage.stores()) {
            ledgers.addAll(store.doubtedLedgers());
        }
        return ledgers;
    }
}
