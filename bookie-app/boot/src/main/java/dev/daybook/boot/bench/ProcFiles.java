package dev.daybook.boot.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the counters of Linux below {@code /proc}; proc(5) and the kernel's iostats document say what they count. */
final class ProcFiles {
    private static final Path PROC = Path.of("/proc");
    private static final int SECTOR_BYTES = 512;
    private static final int KIB = 1024;

    private ProcFiles() {}

    static boolean exist() {
        return Files.isReadable(PROC.resolve("stat"));
    }

    /** Of one process, since its start; times in ticks of 10 ms. */
    record ProcessCounters(long ticks, long residentBytes, long anonymousBytes, long readBytes, long writtenBytes) {
        static final ProcessCounters NONE = new ProcessCounters(0, 0, 0, 0, 0);
    }

    /** Of the machine, since its start; the disk's are summed over all whole disks. */
    record MachineCounters(long busyTicks, long diskReadBytes, long diskWrittenBytes, long diskFlushes) {}

    static ProcessCounters process(String pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid).resolve("stat"));
            // The second field is a name in brackets that may hold blanks; utime and stime are fields 14 and 15.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            List<String> status = Files.readAllLines(PROC.resolve(pid).resolve("status"));
            List<String> io = Files.readAllLines(PROC.resolve(pid).resolve("io"));
            return new ProcessCounters(
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    number(status, "VmRSS:") * KIB,
                    number(status, "RssAnon:") * KIB,
                    number(io, "read_bytes:"),
                    number(io, "write_bytes:"));
        } catch (IOException gone) {
            return ProcessCounters.NONE;
        }
    }

    static MachineCounters machine() {
        try {
            String[] cpu =
                    Files.readAllLines(PROC.resolve("stat")).get(0).trim().split(" +", -1);
            long busy = 0;
            // user, nice, system, (idle, waiting for disks,) irq, softirq, steal; guests are part of user.
            for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                busy += Long.parseLong(cpu[field]);
            }
            Set<String> disks = wholeDisks();
            long read = 0;
            long written = 0;
            long flushes = 0;
            for (String line : Files.readAllLines(PROC.resolve("diskstats"))) {
                String[] fields = line.trim().split(" +", -1);
                if (disks.contains(fields[2])) {
                    read += Long.parseLong(fields[5]) * SECTOR_BYTES;
                    written += Long.parseLong(fields[9]) * SECTOR_BYTES;
                    flushes += fields.length > 18 ? Long.parseLong(fields[18]) : 0;
                }
            }
            return new MachineCounters(busy, read, written, flushes);
        } catch (IOException e) {
            return new MachineCounters(0, 0, 0, 0);
        }
    }

    private static Set<String> wholeDisks() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> blocks = Files.newDirectoryStream(Path.of("/sys/block"))) {
            for (Path block : blocks) {
                // A device mapper's or loop device's traffic is counted again by the disk below it.
                if (Files.exists(block.resolve("device"))) {
                    names.add(block.getFileName().toString());
                }
            }
        }
        return names;
    }

    private static long number(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").trim());
            }
        }
        return 0;
    }
}
