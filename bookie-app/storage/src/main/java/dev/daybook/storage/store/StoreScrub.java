package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.engine.scrub.ScrubPart;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.entrylog.EntryLogs;
import dev.daybook.storage.index.BlockCache;
import dev.daybook.storage.index.IndexRow;
import dev.daybook.storage.index.Segment;
import dev.daybook.storage.index.SegmentRef;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One reading of everything in a ledger directory, beside a bookie that uses it. It goes by the checkpoint that stood when
 * it began. Files may go while it reads, so what it meets counts only if a later checkpoint still names the file. Reads
 * of the operating system's cache may hide damage for as long as it keeps a file.
 */
public final class StoreScrub {
    private static final long CACHE_BYTES = 8L << 20;
    private static final int SEGMENT_BLOCK_BYTES = 4096;
    private static final int ROWS_PER_PACE = 128;

    private final Disk disk;
    private final LongConsumer pace;
    private final List<ScrubFinding> findings = new ArrayList<>();
    private final IdentityHashMap<ScrubFinding, String> names = new IdentityHashMap<>();

    private StoreScrub(Disk disk, LongConsumer pace) {
        this.disk = disk;
        this.pace = pace;
    }

    /**
     * @param pace told how many bytes were read; may block, and may end the scrub by an unchecked exception
     * @return the damage that is still there at the end
     */
    public static List<ScrubFinding> run(Disk disk, LongConsumer pace) throws IOException {
        return new StoreScrub(disk, pace).run();
    }

    private List<ScrubFinding> run() throws IOException {
        Checkpoint checkpoint;
        try {
            checkpoint = CheckpointFile.read(disk).orElseThrow(() -> new IOException("it is missing"));
        } catch (IOException e) {
            return List.of(finding(ScrubPart.CHECKPOINT, CheckpointFile.NAME, "is damaged or missing"));
        }
        Map<Long, LedgerRow> ledgers = tables(checkpoint);
        List<Segment> segments = new ArrayList<>();
        try (EntryLogs logs = new EntryLogs(disk)) {
            BlockCache cache = new BlockCache(CACHE_BYTES);
            for (SegmentRef ref : checkpoint.segments()) {
                open(ref, cache, segments);
            }
            LogScrub log = new LogScrub(new StoreView(checkpoint, segments), ledgers, pace);
            for (Segment segment : segments) {
                scan(segment, log);
            }
            for (Checkpoint.LogRef ref : checkpoint.logs()) {
                scan(ref, logs, log);
            }
        } finally {
            segments.forEach(StoreState::closeQuietly);
        }
        return stillThere();
    }

    private ScrubFinding finding(ScrubPart part, String name, String how) {
        return add(new ScrubFinding(part, disk.path() + "/" + name, how, Map.of()), name);
    }

    private ScrubFinding add(ScrubFinding finding, String name) {
        findings.add(finding);
        names.put(finding, name);
        return finding;
    }

    private Map<Long, LedgerRow> tables(Checkpoint checkpoint) {
        Map<Long, LedgerRow> ledgers = new TreeMap<>();
        for (long tableId : checkpoint.tables()) {
            String name = LedgerTableFile.nameOf(tableId);
            try {
                pace.accept(disk.size(name));
                Tables.apply(LedgerTableFile.read(disk, tableId), ledgers);
            } catch (IOException e) {
                finding(ScrubPart.LEDGER_TABLE, name, "is damaged or missing");
            }
        }
        return ledgers;
    }

    private void open(SegmentRef ref, BlockCache cache, List<Segment> segments) {
        try {
            segments.add(Segment.open(disk, ref, cache));
        } catch (IOException e) {
            finding(ScrubPart.INDEX, Segment.nameOf(ref.segmentId()), "is damaged or missing");
        }
    }

    private void scan(Segment segment, LogScrub log) {
        String name = Segment.nameOf(segment.ref().segmentId());
        List<String> damage = new ArrayList<>();
        try {
            segment.scan(new Segment.ScanVisitor() {
                private int rows;

                @Override
                public void row(IndexRow row) throws IOException {
                    if (rows++ % ROWS_PER_PACE == 0) {
                        pace.accept(SEGMENT_BLOCK_BYTES);
                    }
                    if (log.pointsNowhere(row)) {
                        damage.add("says that entry " + row.entryId() + " of ledger " + row.ledgerId()
                                + " lies where there is nothing");
                    }
                }

                @Override
                public void damagedBlock(int block, String how) {
                    damage.add("is damaged in block " + block);
                }
            });
        } catch (IOException e) {
            damage.add("cannot be read: " + e.getMessage());
        }
        if (!damage.isEmpty()) {
            finding(ScrubPart.INDEX, name, damage.get(0) + more(damage.size() - 1));
        }
    }

    private static String more(int others) {
        return others == 0 ? "" : ", and in " + others + " more places";
    }

    private void scan(Checkpoint.LogRef ref, EntryLogs logs, LogScrub log) {
        String name = EntryLogs.nameOf(ref.logId());
        try {
            LogScrub.Result result = log.scan(ref, logs);
            if (result.damagedPlaces() > 0) {
                String how = "is damaged at byte " + result.firstDamagedOffset() + more(result.damagedPlaces() - 1);
                add(new ScrubFinding(ScrubPart.ENTRY_LOG, disk.path() + "/" + name, how, result.lost()), name);
            }
            if (result.notIndexed() > 0) {
                finding(ScrubPart.INDEX, name, "has " + result.notIndexed() + " entries that the index does not know");
            }
        } catch (IOException e) {
            String how = "cannot be read: " + e.getMessage();
            add(new ScrubFinding(ScrubPart.ENTRY_LOG, disk.path() + "/" + name, how, log.allOf(ref.logId())), name);
        }
    }

    /** Merges and compaction delete files that an older checkpoint named. */
    private List<ScrubFinding> stillThere() throws IOException {
        if (findings.isEmpty()) {
            return List.of();
        }
        Checkpoint now = CheckpointFile.read(disk).orElseThrow(() -> new IOException(disk.path() + " was removed"));
        Set<String> named = StoreFiles.namesIn(now);
        return findings.stream()
                .filter(finding -> named.contains(names.get(finding)))
                .toList();
    }
}
