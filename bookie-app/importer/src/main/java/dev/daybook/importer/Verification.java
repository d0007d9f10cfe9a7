package dev.daybook.importer;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.importer.source.SourceBookie;
import dev.daybook.importer.source.SourceJournal;
import dev.daybook.importer.source.SourceLedger;
import dev.daybook.importer.source.SourceLogs;
import dev.daybook.importer.source.SourceRefused;
import dev.daybook.importer.source.StorageUnit;
import dev.daybook.server.shard.BulkWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Looks up everything of the source in the new folders, which were opened anew for it. */
final class Verification {
    private final SourceBookie source;
    private final BulkWriter target;
    private final List<Long> expected;
    private final NavigableSet<EntryKey> damaged;
    private final ImportListener listener;
    private final Map<Long, LedgerRow> rows = new HashMap<>();
    private final NavigableSet<EntryKey> different = new TreeSet<>();
    private long entries;
    private long ledgers;

    /** @param expected ids of the ledgers that the new folders must have */
    Verification(
            SourceBookie source,
            BulkWriter target,
            List<Long> expected,
            NavigableSet<EntryKey> damaged,
            ImportListener listener) {
        this.source = source;
        this.expected = expected;
        this.target = target;
        this.damaged = damaged;
        this.listener = listener;
        target.rows().forEach(row -> rows.put(row.ledgerId(), row));
    }

    /**
     * @return how many entries were found with the same bytes
     * @throws ImportRefused if anything is missing or different
     */
    long run() throws IOException {
        if (!rows.keySet().containsAll(expected)) {
            throw new ImportRefused("The import is not complete: the new folders have " + rows.size() + " of "
                    + expected.size() + " ledgers; empty them and import again.");
        }
        for (StorageUnit unit : source.units()) {
            for (long ledgerId : unit.index().ledgerIds()) {
                if (rows.containsKey(ledgerId)) {
                    verify(unit, ledgerId);
                }
            }
        }
        // The journal's version of an entry is newer than the index's, and its last one is the newest.
        for (SourceJournal journal : source.journals()) {
            journal.replay(this::verify);
        }
        if (!different.isEmpty()) {
            throw new ImportRefused("The import is not complete: " + different.size()
                    + " entries are not found with the same bytes, the first is entry "
                    + different.first().entryId() + " of ledger "
                    + different.first().ledgerId() + "; empty the new bookie's folders and import again.");
        }
        return entries;
    }

    private void verify(StorageUnit unit, long ledgerId) throws IOException {
        ledgers++;
        Optional<SourceLedger> found = unit.index().ledger(ledgerId);
        LedgerRow row = rows.get(ledgerId);
        if (found.isEmpty() || row == null) {
            return;
        }
        boolean same = Arrays.equals(found.get().masterKey(), row.masterKey())
                && (row.fenced() || !found.get().fenced());
        if (!same) {
            throw new ImportRefused("The import is not complete: ledger " + ledgerId
                    + " has another key or is not fenced; empty the new bookie's folders and import again.");
        }
        unit.index().forEachEntry(ledgerId, 0, (entryId, location) -> {
            EntryKey key = new EntryKey(ledgerId, entryId);
            if (!damaged.contains(key)) {
                compare(key, unit.logs(), location);
            }
            return true;
        });
        listener.progress(ImportListener.Phase.VERIFY, ledgers, rows.size(), entries);
    }

    private void compare(EntryKey key, SourceLogs logs, long location) throws IOException {
        try {
            note(key, target.holds(key.ledgerId(), key.entryId(), logs.read(key.ledgerId(), key.entryId(), location)));
        } catch (SourceRefused e) {
            different.add(key); // The journal had it, which is looked at next.
        }
    }

    private void verify(JournalRecord<byte[]> fact) throws IOException {
        if (fact instanceof JournalRecord.Entry<byte[]> entry && rows.containsKey(entry.ledgerId())) {
            note(
                    new EntryKey(entry.ledgerId(), entry.entryId()),
                    target.holds(entry.ledgerId(), entry.entryId(), entry.payload()));
        }
        LedgerRow row = rows.get(fact.ledgerId());
        if (fact instanceof JournalRecord.Fence<byte[]> && row != null && !row.fenced()) {
            throw new ImportRefused("The import is not complete: ledger " + fact.ledgerId()
                    + " is not fenced; empty the new bookie's folders and import again.");
        }
    }

    private void note(EntryKey key, boolean same) {
        if (same) {
            entries++;
            different.remove(key);
        } else {
            different.add(key);
        }
    }
}
