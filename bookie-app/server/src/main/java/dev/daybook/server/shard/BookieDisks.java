package dev.daybook.server.shard;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The directories of a bookie, each opened and locked once even if it is used for several things. */
final class BookieDisks implements AutoCloseable {
    /** All files lie in this folder of a directory (bookie specification, section 1). */
    private static final String CURRENT = "current";

    private final Map<Path, Disk> open = new LinkedHashMap<>();
    private final List<Disk> journals = new ArrayList<>();
    private final List<Disk> ledgers = new ArrayList<>();

    private BookieDisks() {}

    static BookieDisks open(StorageConfig config) throws IOException {
        BookieDisks disks = new BookieDisks();
        try {
            for (Path directory : config.journalDirectories()) {
                disks.journals.add(disks.disk(directory));
            }
            for (Path directory : config.ledgerDirectories()) {
                disks.ledgers.add(disks.disk(directory));
            }
            return disks;
        } catch (IOException | RuntimeException e) {
            disks.close();
            throw e;
        }
    }

    private Disk disk(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize().resolve(CURRENT);
        Disk disk = open.get(path);
        if (disk == null) {
            disk = FileDisk.open(path);
            open.put(path, disk);
        }
        return disk;
    }

    List<Disk> journals() {
        return journals;
    }

    List<Disk> ledgers() {
        return ledgers;
    }

    /** Capacity of the volumes below the ledger directories. */
    long totalBytes() throws IOException {
        long bytes = 0;
        Set<String> volumes = new HashSet<>();
        for (Disk disk : ledgers) {
            bytes += volumes.add(disk.volume()) ? disk.totalBytes() : 0;
        }
        return bytes;
    }

    /** What is left on the volumes below the ledger directories. */
    long usableBytes() throws IOException {
        long bytes = 0;
        Set<String> volumes = new HashSet<>();
        for (Disk disk : ledgers) {
            bytes += volumes.add(disk.volume()) ? disk.usableBytes() : 0;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (Disk disk : open.values()) {
            disk.close();
        }
    }
}
