package dev.daybook.storage.disk;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the operating system, locked against a second process while it is open. Thread-safe; the threads that
 * use it must not be interrupted, because an interrupt closes the channel under everybody.
 */
public final class FileDisk implements Disk {
    static final String LOCK = "LOCK";

    private final Path directory;
    private final FileChannel lockChannel;

    private FileDisk(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /**
     * Creates the directory if it is missing.
     *
     * @throws IOException if another process uses it, or it cannot be used
     */
    public static FileDisk open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FileDisk(directory, channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(directory, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(directory, null);
    }

    private static IOException inUse(Path directory, @Nullable Throwable cause) {
        return new IOException(
                "The directory " + directory + " is in use by another bookie: give each bookie directories of its own.",
                cause);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return open(name, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return open(name, StandardOpenOption.READ);
    }

    private DiskFile open(String name, StandardOpenOption extra) throws IOException {
        Path path = directory.resolve(name);
        return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, extra), 1);
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        Path path = directory.resolve(name);
        if (AlignedBuffers.BLOCK_BYTES % Files.getFileStore(path).getBlockSize() != 0) {
            return open(name);
        }
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            return new OpenFile(path, channel, AlignedBuffers.BLOCK_BYTES);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (e instanceof NoSuchFileException) {
                throw e;
            }
            return open(name); // The file system has no direct writes: tmpfs, some network file systems.
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .toList();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(directory.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long totalBytes() throws IOException {
        return Files.getFileStore(directory).getTotalSpace();
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public String volume() throws IOException {
        return Files.getFileStore(directory).toString();
    }

    @Override
    public String path() {
        return directory.toString();
    }

    /** Releases the lock. Open files stay open. */
    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
