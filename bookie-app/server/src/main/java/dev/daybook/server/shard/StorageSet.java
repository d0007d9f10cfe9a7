package dev.daybook.server.shard;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.journal.Journal;
import dev.daybook.storage.journal.JournalConfig;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.EntryBytes;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger directories and journals of a bookie. Opening them is the recovery; there is no other way to start. */
final class StorageSet implements AutoCloseable {
    private final List<LedgerStore> stores;
    private final List<Journal> journals = new ArrayList<>();

    private StorageSet(List<LedgerStore> stores) {
        this.stores = stores;
    }

    /** Where recovered state goes. */
    interface Recovered {
        void ledger(LedgerRow row);

        /** Something more was found lost; what comes now may be incomplete. */
        void doubt(Doubt doubt);

        /** Facts of one ledger come in the order in which they were journaled. */
        void fact(JournalRecord<EntryBytes> fact) throws IOException;
    }

    /** Sizes of the files. */
    record Config(JournalConfig journal, StoreConfig store) {}

    static StorageSet openStores(List<Disk> journalDisks, List<Disk> ledgerDisks, Config config) throws IOException {
        return openStores(journalDisks, ledgerDisks, config, Losses.NONE);
    }

    /**
     * Opens the ledger directories, making them if nothing is there at all, or anew if it is agreed that they are lost.
     *
     * @throws StorageDamage if something is missing or damaged
     */
    static StorageSet openStores(List<Disk> journalDisks, List<Disk> ledgerDisks, Config config, Losses losses)
            throws IOException {
        LostStores lost = LostStores.among(ledgerDisks, losses);
        if (lost.some()) {
            lost.replace(journalDisks, config);
        } else if (lost.missing()) {
            createStores(journalDisks, ledgerDisks, config);
        }
        List<LedgerStore> stores = new ArrayList<>();
        for (int i = 0; i < ledgerDisks.size(); i++) {
            stores.add(LedgerStore.open(ledgerDisks.get(i), i, ledgerDisks.size(), config.store()));
        }
        return new StorageSet(List.copyOf(stores));
    }

    /** Allowed only if no fact was ever written. The journals are made first, so that checkpoints can point to them. */
    private static void createStores(List<Disk> journalDisks, List<Disk> ledgerDisks, Config config)
            throws IOException {
        for (int i = 0; i < ledgerDisks.size(); i++) {
            if (LedgerStore.exists(ledgerDisks.get(i))) {
                try (LedgerStore store = LedgerStore.open(ledgerDisks.get(i), i, ledgerDisks.size(), config.store())) {
                    if (store.flush() > 0) {
                        throw missingStores(ledgerDisks);
                    }
                }
            }
        }
        List<JournalPosition> marks = new ArrayList<>();
        for (int i = 0; i < journalDisks.size(); i++) {
            try (Journal journal = Journal.open(
                    journalDisks.get(i),
                    i,
                    journalDisks.size(),
                    config.journal(),
                    Optional.empty(),
                    (position, fact) -> {
                        throw missingStores(ledgerDisks);
                    })) {
                marks.add(journal.syncedEnd());
            }
        }
        for (int i = 0; i < ledgerDisks.size(); i++) {
            LedgerStore.create(ledgerDisks.get(i), i, ledgerDisks.size(), marks);
        }
    }

    private static StorageDamage missingStores(List<Disk> ledgerDisks) {
        return new StorageDamage("Some of the ledger directories "
                + ledgerDisks.stream().map(Disk::path).toList()
                + " are empty although this bookie has stored entries: restore them, or replace this bookie by a new "
                + "one.");
    }

    List<LedgerStore> stores() {
        return stores;
    }

    List<Journal> journals() {
        return journals;
    }

    /** Number of the flush to come. */
    long nextFlush() {
        return 1 + stores.stream().mapToLong(LedgerStore::flush).max().orElse(0);
    }

    /** Tells everything that was durable, and begins new journal files. */
    void recover(List<Disk> journalDisks, JournalConfig config, Losses losses, Recovered recovered) throws IOException {
        recovered.doubt(losses.doubt());
        for (int i = 0; i < stores.size(); i++) {
            int index = i;
            stores.get(i)
                    .salvageRows(damage -> losses.acceptsStore(index, String.valueOf(damage.getMessage())))
                    .forEach(recovered::ledger);
        }
        recovered.doubt(losses.doubt());
        for (int i = 0; i < journalDisks.size(); i++) {
            int index = i;
            JournalPosition mark = minimumMark(index);
            journals.add(Journal.open(
                    journalDisks.get(i),
                    i,
                    journalDisks.size(),
                    config,
                    Optional.of(mark),
                    (position, fact) -> {
                        // Each directory has its own mark: what it contains already must not be applied once more,
                        // because the ledger may have been forgotten since.
                        if (position.compareTo(storeOf(fact.ledgerId()).marks().get(index)) >= 0) {
                            recovered.fact(fact);
                        }
                    },
                    damage -> losses.acceptsJournal(index, String.valueOf(damage.getMessage()))));
            recovered.doubt(losses.doubt());
        }
    }

    /** Whether the next flush should bring the rows of all ledgers. */
    boolean wantsAllRows() {
        return stores.stream().anyMatch(LedgerStore::wantsAllRows);
    }

    LedgerStore storeOf(long ledgerId) {
        return stores.get(Math.floorMod(ledgerId, stores.size()));
    }

    /** Where a replay of the journal would begin: the furthest back that any ledger directory needs. */
    JournalPosition minimumMark(int journalIndex) {
        return stores.stream()
                .map(store -> store.marks().get(journalIndex))
                .reduce(JournalPosition::min)
                .orElseThrow();
    }

    /** No dead rows of tombstones up to this flush are left anywhere. */
    long purgedFlush() {
        return stores.stream().mapToLong(LedgerStore::purgedFlush).min().orElse(0);
    }

    /** Closes the ledger directories; journals are closed by their loops. */
    @Override
    public void close() throws IOException {
        for (LedgerStore store : stores) {
            store.close();
        }
    }
}
