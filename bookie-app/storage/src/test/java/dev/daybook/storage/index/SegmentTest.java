package dev.daybook.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.entrylog.EntryLocation;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private record Key(long ledgerId, long entryId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return IndexRow.compare(ledgerId, entryId, other.ledgerId, other.entryId);
        }
    }

    private final SimDisk disk = new SimDisk("/index", SimDisk.Power.steady());
    private final long seed = Long.getLong("daybook.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private final BlockCache cache = new BlockCache(1 << 20);

    private Segment write(long segmentId, Map<Key, EntryLocation> rows) throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(disk, segmentId)) {
            for (Map.Entry<Key, EntryLocation> row : rows.entrySet()) {
                writer.add(row.getKey().ledgerId(), row.getKey().entryId(), segmentId, row.getValue());
            }
            return Segment.open(disk, writer.finish(), cache);
        }
    }

    private Map<Key, EntryLocation> someRows(int logId, int ledgers, int entries) {
        Map<Key, EntryLocation> rows = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            Key key = new Key(random.nextInt(ledgers) * 3L, random.nextInt(2 * entries));
            rows.put(key, new EntryLocation(logId, random.nextInt(1 << 20), random.nextInt(1000)));
        }
        return rows;
    }

    @Test
    void findsExactlyWhatWasWritten() throws IOException {
        for (int entries : new int[] {1, 101, 102, 103, 3000, 20_000}) {
            Map<Key, EntryLocation> rows = someRows(1, 5, entries);
            Segment segment = write(entries, rows);
            for (long ledgerId = -1; ledgerId < 16; ledgerId++) {
                List<Long> listed = new ArrayList<>();
                segment.forEachRow(ledgerId, Long.MIN_VALUE, Long.MAX_VALUE, row -> listed.add(row.entryId()));
                List<Long> expected = new ArrayList<>();
                for (long entryId = -1; entryId <= 2L * entries; entryId++) {
                    EntryLocation location = rows.get(new Key(ledgerId, entryId));
                    Optional<EntryLocation> found =
                            segment.find(ledgerId, entryId).map(IndexRow::location);
                    if (!found.equals(Optional.ofNullable(location))) {
                        throw new AssertionError(
                                "seed " + seed + ", entry " + entryId + " of ledger " + ledgerId + ": " + found);
                    }
                    if (location != null) {
                        expected.add(entryId);
                    }
                }
                assertThat(listed).as("seed %s, ledger %s", seed, ledgerId).isEqualTo(expected);
            }
            long[] shared = new long[1];
            segment.forEachShare(share -> shared[0] += share.rows());
            assertThat(shared[0]).isEqualTo(rows.size());
        }
    }

    @Test
    void aMergeIsTheNewestOfEverythingThatIsWanted() throws IOException {
        List<Segment> segments = new ArrayList<>();
        Map<Key, EntryLocation> expected = new TreeMap<>();
        for (int flush = 1; flush <= 6; flush++) {
            Map<Key, EntryLocation> rows = someRows(flush, 4, 500);
            segments.add(write(flush, rows));
            int current = flush;
            // Ledger 3 was deleted before flush 4, ledger 6 before flush 9.
            rows.forEach((key, location) -> {
                if (key.ledgerId() != 6 && (key.ledgerId() != 3 || current >= 4)) {
                    expected.put(key, location);
                }
            });
        }
        Collections.shuffle(segments, random);
        SegmentRef ref;
        try (SegmentWriter into = SegmentWriter.create(disk, 100)) {
            SegmentMerge.merge(
                    segments, (ledgerId, flush) -> ledgerId != 6 && (ledgerId != 3 || flush >= 4), count -> {}, into);
            ref = into.finish();
        }
        Segment merged = Segment.open(disk, ref, cache);
        assertThat(ref.rows()).as("seed %s", seed).isEqualTo(expected.size());
        for (Map.Entry<Key, EntryLocation> row : expected.entrySet()) {
            assertThat(merged.find(row.getKey().ledgerId(), row.getKey().entryId())
                            .map(IndexRow::location))
                    .as("seed %s, %s", seed, row.getKey())
                    .contains(row.getValue());
        }
    }

    @Test
    void damageIsNeverTakenForAbsence() throws IOException {
        Map<Key, EntryLocation> rows = someRows(1, 3, 300);
        write(7, rows);
        SegmentRef ref = new SegmentRef(7, 7, 7, rows.size());
        int bytes = disk.content(SegmentFormat.nameOf(7)).length;
        for (int offset = 0; offset < bytes; offset += 5) {
            SimDisk damaged = disk.copy(SimDisk.Power.steady());
            damaged.flip(SegmentFormat.nameOf(7), offset * 8 + 2);
            try (Segment segment = Segment.open(damaged, ref, new BlockCache(1 << 16))) {
                for (Map.Entry<Key, EntryLocation> row : rows.entrySet()) {
                    findOrFail(segment, row.getKey(), row.getValue(), offset);
                }
            } catch (StorageDamage refused) {
                assertThat(refused).hasMessageContaining("is unknown until");
            }
        }
    }

    private void findOrFail(Segment segment, Key key, EntryLocation expected, int offset) throws IOException {
        try {
            assertThat(segment.find(key.ledgerId(), key.entryId()).map(IndexRow::location))
                    .as("seed %s, byte %s", seed, offset)
                    .contains(expected);
        } catch (StorageDamage unknown) {
            assertThat(unknown).hasMessageContaining("damaged in block");
        }
    }

    @Test
    void rowsMustAscend() throws IOException {
        try (SegmentWriter writer = SegmentWriter.create(disk, 1)) {
            EntryLocation location = new EntryLocation(1, 2, 3);
            writer.add(1, 5, 1, location);
            assertThatThrownBy(() -> writer.add(1, 5, 2, location)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.add(0, 9, 1, location)).isInstanceOf(IllegalStateException.class);
        }
    }
}
