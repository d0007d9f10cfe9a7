package dev.daybook.importer;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.ledger.Ledger;
import dev.daybook.engine.ledger.LedgerTable;
import dev.daybook.importer.source.SourceBookie;
import dev.daybook.importer.source.SourceJournal;
import dev.daybook.importer.source.SourceLedger;
import dev.daybook.importer.source.StorageUnit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Carries over first what the index names, ledger by ledger, then what the journal has behind the last mark. The order
 * is always the same, so that an interrupted run can be continued. Memory holds one flush of entries and a row per
 * ledger.
 */
final class Transfer {
    /** Entries whose places are sorted, so that a log is read forwards even where ledgers interleave in it. */
    private static final int BATCH_ENTRIES = 20_000;

    /** Beyond that many unreadable entries the source is no bookie to be saved. */
    private static final int DAMAGED_ENTRIES_MAX = 1_000_000;

    private static final int LAC_OFFSET = 16;

    private final SourceBookie source;
    private final LedgerTable table;
    private final Destination destination;
    private final LongPredicate living;
    private final ImportListener listener;
    private final ImportCounts counts = new ImportCounts();
    private final NavigableSet<EntryKey> damaged = new TreeSet<>();
    private Progress progress;

    /** A flush came in the middle of a batch, whose entries do not come in their order. */
    private boolean progressBehind;

    private long ledgersDone;

    /** @param living whether the cluster has the ledger, as far as that is known */
    Transfer(
            SourceBookie source,
            LedgerTable table,
            Destination destination,
            Progress progress,
            LongPredicate living,
            ImportListener listener) {
        this.source = source;
        this.table = table;
        this.destination = destination;
        this.progress = progress;
        this.living = living;
        this.listener = listener;
    }

    void run() throws IOException {
        for (int unit = 0; unit < source.units().size(); unit++) {
            copy(unit, source.units().get(unit));
        }
        for (SourceJournal journal : source.journals()) {
            journal.replay(this::replay);
        }
        damaged.forEach(key -> table.find(key.ledgerId()).ifPresent(ledger -> ledger.setLimbo(true)));
        flush();
    }

    ImportCounts counts() {
        return counts;
    }

    /** Entries that could not be read, and that the journal does not have either. */
    NavigableSet<EntryKey> damaged() {
        return damaged;
    }

    private void copy(int unitIndex, StorageUnit unit) throws IOException {
        long[] ledgerIds = unit.index().ledgerIds();
        counts.ledgers += ledgerIds.length;
        for (long ledgerId : ledgerIds) {
            ledgersDone++;
            if (!living.test(ledgerId)) {
                counts.ledgersNotInMetadata++;
            } else if (!progress.isBehind(unitIndex, ledgerId)) {
                Optional<SourceLedger> found = unit.index().ledger(ledgerId);
                if (found.isPresent()) {
                    copyLedger(unitIndex, unit, found.get());
                }
            }
        }
    }

    private void copyLedger(int unitIndex, StorageUnit unit, SourceLedger found) throws IOException {
        long ledgerId = found.ledgerId();
        Ledger ledger = table.find(ledgerId).orElseGet(() -> table.create(ledgerId, found.masterKey()));
        if (found.fenced()) {
            ledger.fenceBecameDurable();
        }
        if (found.limbo()) {
            ledger.setLimbo(true);
        }
        found.explicitLac()
                .filter(packet -> packet.length >= 2 * Long.BYTES)
                .ifPresent(packet ->
                        ledger.setExplicitLac(packet, ByteBuffer.wrap(packet).getLong(Long.BYTES)));
        long next = progress.firstMissing(unitIndex, ledgerId);
        List<Place> batch = new ArrayList<>();
        do {
            batch.clear();
            unit.index().forEachEntry(ledgerId, next, (entryId, location) -> {
                batch.add(new Place(entryId, location));
                return batch.size() < BATCH_ENTRIES;
            });
            if (!batch.isEmpty()) {
                next = batch.get(batch.size() - 1).entryId() + 1;
                copyBatch(unit, ledger, batch);
            }
            if (damaged.isEmpty()) {
                // Otherwise the next run has to find the damage again.
                progress = new Progress(progress.source(), unitIndex, ledgerId, next - 1);
            }
            if (destination.isFull() || progressBehind) {
                flush();
                progressBehind = false;
            }
            listener.progress(ImportListener.Phase.COPY, ledgersDone, counts.ledgers, counts.entries);
        } while (batch.size() == BATCH_ENTRIES);
    }

    private record Place(long entryId, long location) {}

    private void copyBatch(StorageUnit unit, Ledger ledger, List<Place> batch) throws IOException {
        batch.sort(Comparator.comparingLong(Place::location));
        for (Place place : batch) {
            Optional<byte[]> body = read(unit, ledger.id(), place);
            if (body.isPresent()) {
                store(ledger, place.entryId(), body.get());
                counts.entries++;
            }
        }
    }

    private Optional<byte[]> read(StorageUnit unit, long ledgerId, Place place) throws IOException {
        try {
            return Optional.of(unit.logs().read(ledgerId, place.entryId(), place.location()));
        } catch (IOException e) {
            damaged.add(new EntryKey(ledgerId, place.entryId()));
            if (damaged.size() > DAMAGED_ENTRIES_MAX) {
                throw new ImportRefused("More than " + DAMAGED_ENTRIES_MAX
                        + " entries cannot be read; let the cluster restore this bookie's copies elsewhere. The last"
                        + " one: " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    private void store(Ledger ledger, long entryId, byte[] body) throws IOException {
        ledger.entryStored(entryId, ByteBuffer.wrap(body).getLong(LAC_OFFSET));
        destination.put(ledger.id(), entryId, body);
        counts.entryBytes += body.length;
        if (destination.isFull()) {
            flush();
            progressBehind = true;
        }
    }

    private void flush() throws IOException {
        // Nothing here is a tombstone, so the time of day does not matter.
        destination.flush(table.freeze(0, 0), progress);
    }

    private void replay(JournalRecord<byte[]> fact) throws IOException {
        if (!living.test(fact.ledgerId())) {
            counts.journalFactsPassedOver++;
            return;
        }
        Optional<Ledger> known = table.find(fact.ledgerId());
        if (fact instanceof JournalRecord.Key<byte[]> key) {
            if (known.isEmpty()) {
                table.create(key.ledgerId(), key.masterKey());
            }
        } else if (known.isEmpty()) {
            counts.journalFactsPassedOver++; // Deleted since, as far as this bookie knew.
        } else if (fact instanceof JournalRecord.Fence<byte[]>) {
            known.get().fenceBecameDurable();
        } else if (fact instanceof JournalRecord.ExplicitLac<byte[]> lac) {
            known.get().setExplicitLac(lac.bytes(), lac.lac());
        } else if (fact instanceof JournalRecord.Entry<byte[]> entry) {
            replay(known.get(), entry);
        }
    }

    private void replay(Ledger ledger, JournalRecord.Entry<byte[]> entry) throws IOException {
        damaged.remove(new EntryKey(entry.ledgerId(), entry.entryId()));
        if (!destination.holds(entry.ledgerId(), entry.entryId(), entry.payload())) {
            store(ledger, entry.entryId(), entry.payload());
            counts.journalEntries++;
        }
        listener.progress(ImportListener.Phase.REPLAY, ledgersDone, counts.ledgers, counts.journalEntries);
    }
}
