package dev.daybook.server.disk;

import dev.daybook.metrics.BookieMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the disks (bookie behaviour, section 4). Directories that take entries decide about read-only; the others are
 * only looked at and reported. Told to look from time to time; not thread-safe, except {@link #latest}.
 */
public final class DiskMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(DiskMonitor.class);

    private final List<Path> directories;
    private final Set<Path> deciding;
    private final DiskThresholds thresholds;
    private final long reserveBytes;
    private final DiskSpace space;
    private final BookieMetrics metrics;
    private final Map<Path, DirectoryState> states = new HashMap<>();
    private volatile List<DirectoryUsage> latest = List.of();

    /**
     * @param deciding those of {@code directories} that take entries
     * @param reserveBytes that they keep free in any case: what is in memory, or will be replayed, must still fit
     */
    public DiskMonitor(
            List<Path> directories,
            List<Path> deciding,
            DiskThresholds thresholds,
            long reserveBytes,
            DiskSpace space,
            BookieMetrics metrics) {
        this.directories = List.copyOf(directories);
        this.deciding = Set.copyOf(deciding);
        this.thresholds = thresholds;
        this.reserveBytes = reserveBytes;
        this.space = space;
        this.metrics = metrics;
    }

    /** Looks at every directory and says what the bookie should be. */
    public Verdict look() {
        List<DirectoryUsage> usages = new ArrayList<>();
        boolean anyFull = false;
        for (Path directory : directories) {
            DiskSpace.Bytes bytes;
            try {
                bytes = space.look(directory);
            } catch (IOException e) {
                return new Verdict.Failed(directory, e.toString());
            }
            DirectoryUsage usage = judge(directory, bytes);
            usages.add(usage);
            anyFull |= usage.state() == DirectoryState.FULL && deciding.contains(directory);
            metrics.diskUsage(directory.toString(), bytes.total(), bytes.usable());
        }
        latest = List.copyOf(usages);
        return anyFull ? new Verdict.ReadOnly() : new Verdict.Writable();
    }

    /** What the last look found; any thread. */
    public List<DirectoryUsage> latest() {
        return latest;
    }

    public DiskThresholds thresholds() {
        return thresholds;
    }

    private DirectoryUsage judge(Path directory, DiskSpace.Bytes bytes) {
        DirectoryState before = states.getOrDefault(directory, DirectoryState.OK);
        double share = DirectoryUsage.share(bytes.total(), bytes.usable());
        DirectoryState now =
                before.next(share, bytes.usable(), thresholds, deciding.contains(directory) ? reserveBytes : 0);
        if (now != before) {
            states.put(directory, now);
            say(directory, share, now);
        }
        return new DirectoryUsage(directory, bytes.total(), bytes.usable(), now);
    }

    private void say(Path directory, double share, DirectoryState now) {
        String percent = Math.round(share * 1000) / 10.0 + " %";
        switch (now) {
            case OK -> LOG.info("The disk of {} is {} full: that is fine again.", directory, percent);
            case ALMOST_FULL -> LOG.warn("The disk of {} is {} full; make room or add bookies.", directory, percent);
            case FULL -> sayFull(directory, percent);
        }
    }

    private void sayFull(Path directory, String percent) {
        if (deciding.contains(directory)) {
            LOG.error(
                    "The disk of {} is {} full; it takes no more entries until it is below {} % and {} MB are free.",
                    directory, percent, Math.round(thresholds.resume() * 100), (reserveBytes + reserveBytes / 4) >> 20);
        } else {
            LOG.error("The disk of {} is {} full; make room before the journal has none.", directory, percent);
        }
    }

    /** What the disks ask of the bookie. */
    public sealed interface Verdict {
        /** No directory is full. */
        record Writable() implements Verdict {}

        /** At least one directory is full. */
        record ReadOnly() implements Verdict {}

        /** A directory cannot be looked at any more: the bookie must stop (exit code 5). */
        record Failed(Path directory, String why) implements Verdict {}
    }
}
