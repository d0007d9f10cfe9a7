package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.entrylog.LogVisitor;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A ledger directory opened for looking only, by the checkpoint that stands. What is damaged is told, and the rest can
 * still be looked at. Owned by one thread.
 */
public final class StoreInspection implements AutoCloseable {
    private static final long CACHE_BYTES = 32L << 20;

    private final Disk disk;
    private final Checkpoint checkpoint;
    private final EntryLogs logs;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> damagedSegments = new ArrayList<>();
    private final StoreView view;

    private StoreInspection(Disk disk, Checkpoint checkpoint) {
        this.disk = disk;
        this.checkpoint = checkpoint;
        this.logs = new EntryLogs(disk);
        BlockCache cache = new BlockCache(CACHE_BYTES);
        for (SegmentRef ref : checkpoint.segments()) {
            try {
                segments.add(Segment.open(disk, ref, cache));
            } catch (IOException e) {
                damagedSegments.add(String.valueOf(e.getMessage()));
            }
        }
        this.view = new StoreView(checkpoint, segments);
    }

    /** @throws StorageDamage if there is no valid checkpoint, so that it is unknown which files count */
    public static StoreInspection open(Disk disk) throws IOException {
        Checkpoint found = CheckpointFile.read(disk)
                .orElseThrow(() -> new StorageDamage("There is no file " + disk.path() + "/" + CheckpointFile.NAME
                        + ", so this is not a ledger directory of a bookie, or it lost that file."));
        return new StoreInspection(disk, found);
    }

    /** Numbers of the entry logs that lie there, whether a checkpoint names them or not, ascending. */
    public static List<Integer> logIds(Disk disk) throws IOException {
        return disk.list().stream()
                .filter(name -> name.matches("[0-9a-f]{8}\\" + EntryLogs.SUFFIX))
                .map(name -> Integer.parseUnsignedInt(name.substring(0, 8), 16))
                .sorted()
                .toList();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** One sentence for each segment that cannot be opened. */
    public List<String> damagedSegments() {
        return List.copyOf(damagedSegments);
    }

    /** Those that can be opened. */
    public List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** One sentence for each entry log that is missing or too short. */
    public List<String> damagedLogs() throws IOException {
        List<String> sentences = new ArrayList<>();
        for (Checkpoint.LogRef log : checkpoint.logs()) {
            try {
                StoreFiles.checkLog(disk, log);
            } catch (StorageDamage e) {
                sentences.add(String.valueOf(e.getMessage()));
            }
        }
        return sentences;
    }

    /** Files of ours that the checkpoint does not name; the next start deletes them. */
    public List<String> unnamedFiles() throws IOException {
        Set<String> named = new HashSet<>(StoreFiles.namesIn(checkpoint));
        return disk.list().stream()
                .filter(name -> StoreFiles.isStoreFile(name) && !named.contains(name))
                .toList();
    }

    /**
     * Ledgers and tombstones by id.
     *
     * @throws StorageDamage if a table is not whole
     */
    public Map<Long, LedgerRow> ledgers() throws IOException {
        return Tables.readAll(disk, checkpoint.tables());
    }

    /** The row that counts, as far as the segments that can be opened know. */
    public Optional<IndexRow> locate(long ledgerId, long entryId, long visibleFromFlush) throws IOException {
        return view.locate(ledgerId, entryId, visibleFromFlush);
    }

    /** Shows an entry log, as far as it is valid. */
    public void scanLog(Checkpoint.LogRef log, LogVisitor visitor) throws IOException {
        logs.scan(log.logId(), log.bytes(), visitor);
    }

    /**
     * The packaged entry.
     *
     * @throws IOException if it cannot be read whole and undamaged
     */
    public ByteBuffer read(IndexRow row) throws IOException {
        return logs.read(row.location(), row.ledgerId(), row.entryId());
    }

    /** Does not close the disk. */
    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
        logs.close();
    }
}
