package dev.daybook.storage.entrylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogScanTest {
    private static final int LOG = 7;

    private final SimDisk disk = new SimDisk("/log", SimDisk.Power.steady());

    /** Where each entry lies, in order. */
    private final Map<RecordHead, byte[]> written = new HashMap<>();

    private long validBytes;

    /** What a scan has told. */
    private static final class Told implements LogVisitor {
        final Map<RecordHead, byte[]> entries = new HashMap<>();
        final List<RecordHead> damagedEntries = new ArrayList<>();
        final List<long[]> ranges = new ArrayList<>();

        @Override
        public void entry(RecordHead head, ByteBuffer body) {
            byte[] bytes = new byte[body.remaining()];
            body.get(bytes);
            entries.put(head, bytes);
        }

        @Override
        public void damagedEntry(RecordHead head) {
            damagedEntries.add(head);
        }

        @Override
        public void damagedRange(long fromOffset, long toOffset) {
            ranges.add(new long[] {fromOffset, toOffset});
        }

        boolean covers(RecordHead head) {
            long offset = head.location().offset();
            return damagedEntries.contains(head)
                    || ranges.stream().anyMatch(range -> range[0] <= offset && offset < range[1]);
        }
    }

    private void write(int flushes, int bufferBytes) throws IOException {
        Random random = new Random(5);
        try (EntryLogWriter writer = EntryLogWriter.create(disk, LOG, true, bufferBytes)) {
            for (long flush = 1; flush <= flushes; flush++) {
                for (long entry = 0; entry < 6; entry++) {
                    byte[] body = new byte[random.nextInt(entry == 3 ? 9000 : 300)];
                    random.nextBytes(body);
                    EntryLocation location = writer.append(entry / 2, entry, flush, ByteBuffer.wrap(body));
                    written.put(new RecordHead(location, entry / 2, entry, flush), body);
                }
                writer.sync();
                validBytes = writer.bytes();
            }
        }
    }

    private Told scan(SimDisk scanned) throws IOException {
        Told told = new Told();
        try (EntryLogs logs = new EntryLogs(scanned)) {
            logs.scan(LOG, validBytes, told);
        }
        return told;
    }

    @Test
    void tellsEverythingThatWasWritten() throws IOException {
        write(4, 1 << 16);
        Told told = scan(disk);
        assertThat(told.entries).hasSize(24).containsExactlyInAnyOrderEntriesOf(written);
        assertThat(told.ranges).isEmpty();
        assertThat(validBytes % 4096).isZero();
    }

    @Test
    void aSmallBufferWritesTheSame() throws IOException {
        write(4, 4096);
        assertThat(scan(disk).entries).containsExactlyInAnyOrderEntriesOf(written);
    }

    @Test
    void aFlippedBitCostsOnlyWhatItIsToldToCost() throws IOException {
        write(3, 1 << 16);
        for (int offset = 0; offset < validBytes; offset++) {
            SimDisk damaged = disk.copy(SimDisk.Power.steady());
            damaged.flip(EntryLogs.nameOf(LOG), offset * 8 + offset % 8);
            Told told = scan(damaged);
            for (Map.Entry<RecordHead, byte[]> entry : written.entrySet()) {
                byte[] body = told.entries.get(entry.getKey());
                boolean right =
                        body == null ? told.covers(entry.getKey()) : java.util.Arrays.equals(body, entry.getValue());
                if (!right) {
                    throw new AssertionError("byte " + offset + ": " + entry.getKey());
                }
            }
            assertThat(told.entries.size()).as("byte %s", offset).isBetween(written.size() - 1, written.size());
        }
    }

    @Test
    void aLostBlockIsARangeAndTheScanGoesOnBehindIt() throws IOException {
        write(3, 1 << 16);
        SimDisk damaged = disk.copy(SimDisk.Power.steady());
        for (int bit = 4096 * 8; bit < 2 * 4096 * 8; bit += 8) {
            damaged.flip(EntryLogs.nameOf(LOG), bit);
        }
        Told told = scan(damaged);
        assertThat(told.entries).isNotEmpty();
        assertThat(written.keySet()).allMatch(head -> told.entries.containsKey(head) || told.covers(head));
        long last = written.keySet().stream()
                .mapToLong(head -> head.location().offset())
                .max()
                .orElseThrow();
        assertThat(told.entries.keySet()).anyMatch(head -> head.location().offset() == last);
    }

    @Test
    void aReadChecksPlaceAndIds() throws IOException {
        write(1, 1 << 16);
        RecordHead head = written.keySet().iterator().next();
        try (EntryLogs logs = new EntryLogs(disk)) {
            ByteBuffer body = logs.read(head.location(), head.ledgerId(), head.entryId());
            assertThat(body).isEqualTo(ByteBuffer.wrap(written.get(head)));
            assertThatThrownBy(() -> logs.read(head.location(), head.ledgerId(), head.entryId() + 1))
                    .isInstanceOf(IOException.class);
        }
    }
}
