package dev.daybook.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.storage.disk.FileDisk;
import dev.daybook.storage.entrylog.EntryLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cost and memory of the index do not depend on how rows are spread over ledgers, and hardly on their number.
 * {@code -Ddaybook.index.rows=100000000} tries the size of a large bookie, which takes 4 GB of disk.
 */
class IndexScaleTest {
    private static final long ROWS = Long.getLong("daybook.index.rows", 1_000_000);

    @TempDir
    Path folder;

    @Test
    void oneLedgerWithAllEntries() throws IOException {
        check(1);
    }

    @Test
    void aHundredThousandLedgers() throws IOException {
        check(100_000);
    }

    private void check(long ledgers) throws IOException {
        long entries = ROWS / ledgers;
        try (FileDisk disk = FileDisk.open(folder)) {
            SegmentRef ref;
            try (SegmentWriter writer = SegmentWriter.create(disk, 1)) {
                for (long ledger = 0; ledger < ledgers; ledger++) {
                    for (long entry = 0; entry < entries; entry++) {
                        writer.add(ledger, entry, 1, locationOf(ledger, entry));
                    }
                }
                ref = writer.finish();
            }
            BlockCache cache = new BlockCache(1 << 20);
            try (Segment segment = Segment.open(disk, ref, cache)) {
                assertThat((long) segment.memoryBytes()).isLessThan(1024L + ROWS / 17_000 * 24 + ledgers / 100 * 8);
                SplittableRandom dice = new SplittableRandom(ledgers);
                for (int i = 0; i < 20_000; i++) {
                    long ledger = dice.nextLong(ledgers);
                    long entry = dice.nextLong(entries);
                    IndexRow row = segment.find(ledger, entry).orElseThrow();
                    assertThat(row.location()).isEqualTo(locationOf(ledger, entry));
                }
                // Two blocks for each at most, never a walk.
                assertThat(segment.blocksRead()).isLessThanOrEqualTo(2 * 20_000);
                assertThat(segment.find(ledgers, 0)).isEmpty();
                long[] sums = new long[2];
                segment.forEachShare(share -> {
                    sums[0]++;
                    sums[1] += share.rows();
                });
                assertThat(sums).containsExactly(ledgers, ROWS);
            }
        }
    }

    private static EntryLocation locationOf(long ledger, long entry) {
        return new EntryLocation(7, 31 * ledger + 1024 * entry, 1000);
    }
}
