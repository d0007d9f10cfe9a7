package dev.daybook.server.shard;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.store.LedgerStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Ledger directories that are empty, and that the bookie may go on without. */
final class LostStores {
    private final List<Disk> ledgerDisks;
    private final Set<Integer> missing;
    private final boolean accepted;

    private LostStores(List<Disk> ledgerDisks, Set<Integer> missing, boolean accepted) {
        this.ledgerDisks = ledgerDisks;
        this.missing = missing;
        this.accepted = accepted;
    }

    static LostStores among(List<Disk> ledgerDisks, Losses losses) throws IOException {
        Set<Integer> missing = new TreeSet<>();
        for (int i = 0; i < ledgerDisks.size(); i++) {
            if (!LedgerStore.exists(ledgerDisks.get(i))) {
                missing.add(i);
            }
        }
        return new LostStores(ledgerDisks, missing, losses.doubt().lostStores().containsAll(missing));
    }

    /** Some directory has no store. */
    boolean missing() {
        return !missing.isEmpty();
    }

    /** Some directory has no store any more, and that is accepted. */
    boolean some() {
        return missing() && accepted;
    }

    /**
     * Makes the stores anew. The journals are replayed into them from where the others need it, or from the oldest file
     * that is left if there are no others.
     */
    void replace(List<Disk> journalDisks, StorageSet.Config config) throws IOException {
        List<JournalPosition> marks = new ArrayList<>();
        for (int i = 0; i < journalDisks.size(); i++) {
            marks.add(markOf(i, journalDisks, config));
        }
        for (int i : missing) {
            LedgerStore.create(ledgerDisks.get(i), i, ledgerDisks.size(), marks);
        }
    }

    private JournalPosition markOf(int journal, List<Disk> journalDisks, StorageSet.Config config) throws IOException {
        Optional<JournalPosition> needed = Optional.empty();
        for (int i = 0; i < ledgerDisks.size(); i++) {
            if (!missing.contains(i)) {
                try (LedgerStore store = LedgerStore.open(ledgerDisks.get(i), i, ledgerDisks.size(), config.store())) {
                    JournalPosition mark = store.marks().get(journal);
                    needed = Optional.of(needed.map(mark::min).orElse(mark));
                }
            }
        }
        if (needed.isPresent()) {
            return needed.get();
        }
        Optional<JournalPosition> oldest = Journal.oldest(journalDisks.get(journal));
        return oldest.isPresent() ? oldest.get() : firstOf(journal, journalDisks, config);
    }

    private static JournalPosition firstOf(int journal, List<Disk> journalDisks, StorageSet.Config config)
            throws IOException {
        try (Journal created = Journal.open(
                journalDisks.get(journal),
                journal,
                journalDisks.size(),
                config.journal(),
                Optional.empty(),
                (position, fact) -> {})) {
            return created.syncedEnd();
        }
    }
}
