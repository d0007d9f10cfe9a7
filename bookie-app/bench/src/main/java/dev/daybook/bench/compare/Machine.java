package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine between and around runs: quiet before each, the same caches for everybody. */
final class Machine {
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");
    private static final double TICKS_PER_SECOND = 100;
    private static final double QUIET_CORES = 0.25;
    private static final long LOOK_MILLIS = 500;
    private static final int SECTOR_BYTES = 512;

    private Machine() {}

    /** Writes back what earlier runs left, and waits for calm, but not for ever. */
    static void settle(int secondsMax) throws InterruptedException {
        sync();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        do {
            long before = busyTicks();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            double cores = (busyTicks() - before) / TICKS_PER_SECOND / (LOOK_MILLIS / 1e3);
            if (cores < QUIET_CORES) {
                return;
            }
        } while (System.nanoTime() - deadline < 0);
    }

    static void sync() throws InterruptedException {
        Child.start(List.of("sync"), Path.of("/dev/null")).expectSuccess(600);
    }

    /** @return false where this is not permitted; reads then come from memory */
    static boolean dropCaches() throws InterruptedException {
        sync();
        try {
            Files.writeString(DROP_CACHES, "3\n");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Processor time used by anybody since the start of the machine. */
    static double busySeconds() {
        return busyTicks() / TICKS_PER_SECOND;
    }

    /** Processor time of a process since its start. */
    static double cpuSeconds(long pid) {
        String stat = lines("/proc/" + pid + "/stat").get(0);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** User, nice, system, interrupts and what the host took, since the start of the machine; 10 ms each. */
    private static long busyTicks() {
        String[] fields = lines("/proc/stat").get(0).trim().split(" +", -1);
        long busy = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            busy += Long.parseLong(fields[field]);
        }
        return busy;
    }

    /** Since the start of the machine, over all disks, whoever wrote it. */
    static long diskWrittenBytes() {
        long bytes = 0;
        for (String line : lines("/proc/diskstats")) {
            String[] fields = line.trim().split(" +", -1);
            if (Files.exists(Path.of("/sys/block", fields[2], "device"))) {
                bytes += Long.parseLong(fields[9]) * SECTOR_BYTES;
            }
        }
        return bytes;
    }

    /** Since the start of the process; dirtied pages of the page cache and direct writes. 0 once it is gone. */
    static long writtenBytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
                if (line.startsWith("write_bytes:")) {
                    return Long.parseLong(
                            line.substring("write_bytes:".length()).trim());
                }
            }
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Of ordinary files below a folder whose path contains a part. */
    static long fileBytes(Path folder, String part) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) && file.toString().contains(part)) {
                    bytes += Files.size(file);
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String description() {
        String model = lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        String memory = lines("/proc/meminfo").get(0).replaceAll("\\s+", " ");
        return Runtime.getRuntime().availableProcessors() + " cores (" + model + "), " + memory + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("This comparison needs Linux", e);
        }
    }
}
