package dev.daybook.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the storage relies on, shown for the real disk and for the simulated one. */
class DiskContractTest {
    @TempDir
    Path directory;

    private List<Disk> disks() throws IOException {
        return List.of(FileDisk.open(directory.resolve("real")), new SimDisk("/sim", SimDisk.Power.steady()));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(DiskFile file, long offset, int count) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(count);
        int got = file.read(offset, into);
        assertThat(into.position()).isEqualTo(got);
        return new String(into.array(), 0, got, StandardCharsets.US_ASCII);
    }

    @Test
    void readsWhatWasWrittenAndZerosInGaps() throws IOException {
        for (Disk disk : disks()) {
            try (disk;
                    DiskFile file = disk.create("a")) {
                file.write(0, bytes("hello"));
                file.write(7, bytes("x"));
                file.write(1, bytes("u"));
                file.sync();
                assertThat(file.size()).isEqualTo(8);
                assertThat(disk.size("a")).isEqualTo(8);
                assertThat(read(file, 0, 100)).isEqualTo("hullo\0\0x");
                assertThat(read(file, 6, 2)).isEqualTo("\0x");
                assertThat(read(file, 50, 2)).isEmpty();
            }
        }
    }

    @Test
    void aDirectFileTakesWholeBlocksAndOthersSeeThem() throws IOException {
        int block = AlignedBuffers.BLOCK_BYTES;
        for (Disk disk : disks()) {
            try (disk) {
                assertThatThrownBy(() -> disk.openDirect("a")).isInstanceOf(IOException.class);
                disk.create("a").close();
                try (DiskFile direct = disk.openDirect("a");
                        DiskFile ordinary = disk.open("a")) {
                    assertThat(ordinary.alignment()).isEqualTo(1);
                    assertThat(block % direct.alignment()).isZero();
                    ByteBuffer bytes = AlignedBuffers.allocate(3 * block);
                    bytes.put(bytes("hello"));
                    AlignedBuffers.pad(bytes);
                    bytes.put(bytes("world"));
                    AlignedBuffers.pad(bytes);
                    direct.write(block, bytes.flip());
                    direct.sync();
                    assertThat(bytes.hasRemaining()).isFalse();
                    assertThat(direct.size()).isEqualTo(3L * block);
                    assertThat(read(ordinary, block, 7)).isEqualTo("hello\0\0");
                    assertThat(read(ordinary, 0, 2)).isEqualTo("\0\0");

                    ordinary.write(3L * block, bytes("tail"));
                    ordinary.sync();
                    ByteBuffer into = AlignedBuffers.allocate(3 * block);
                    assertThat(direct.read(2L * block, into)).isEqualTo(block + 4);
                    assertThat(into.getLong(0)).isEqualTo(bytes("world\0\0\0").getLong());
                }
            }
        }
    }

    @Test
    void aDirectFileRefusesWhatIsNotAligned() throws IOException {
        for (Disk disk : disks()) {
            try (disk) {
                disk.create("a").close();
                try (DiskFile direct = disk.openDirect("a")) {
                    if (direct.alignment() > 1) {
                        ByteBuffer block = AlignedBuffers.allocate(AlignedBuffers.BLOCK_BYTES);
                        assertThatThrownBy(() -> direct.write(512 + 1, block.duplicate()))
                                .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
                        assertThatThrownBy(
                                        () -> direct.write(0, block.duplicate().limit(100)))
                                .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
                    }
                }
            }
        }
    }

    @Test
    void namesBehave() throws IOException {
        for (Disk disk : disks()) {
            try (disk) {
                disk.create("a").close();
                try (DiskFile file = disk.create("b")) {
                    file.write(0, bytes("b"));
                }
                assertThatThrownBy(() -> disk.create("a")).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> disk.open("c")).isInstanceOf(IOException.class);
                disk.rename("b", "a");
                disk.syncDirectory();
                assertThat(disk.list()).containsExactly("a");
                assertThat(disk.exists("a")).isTrue();
                assertThat(disk.exists("b")).isFalse();
                assertThat(disk.size("a")).isEqualTo(1);
                disk.delete("a");
                assertThat(disk.list()).isEmpty();
                assertThat(disk.totalBytes()).isPositive();
                assertThat(disk.usableBytes()).isPositive();
            }
        }
    }

    @Test
    void aDirectoryIsUsedOnce() throws IOException {
        try (Disk disk = FileDisk.open(directory)) {
            assertThat(disk.path()).isEqualTo(directory.toString());
            assertThatThrownBy(() -> FileDisk.open(directory)).hasMessageContaining("in use by another bookie");
        }
        FileDisk.open(directory).close();
    }
}
