package dev.daybook.server.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@link DiskMonitor} learns how full a disk is. */
public interface DiskSpace {
    /** The disk below a directory, which is written to as well: a disk that fails often still tells its size. */
    DiskSpace REAL = directory -> {
        FileStore store = Files.getFileStore(directory);
        DiskProbe.write(directory);
        return new Bytes(store.getTotalSpace(), store.getUsableSpace());
    };

    /** @throws IOException when the directory cannot be looked at, which means that its disk failed */
    Bytes look(Path directory) throws IOException;

    /** Size of the disk and what this process may still use of it. */
    record Bytes(long total, long usable) {}
}
