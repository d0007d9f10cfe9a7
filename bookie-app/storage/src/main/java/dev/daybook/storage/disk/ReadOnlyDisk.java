package dev.daybook.storage.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory for tools that only look. Nothing is created, not even the lock; while it is open, no bookie can start on
 * the directory. Thread-safe.
 */
public final class ReadOnlyDisk implements Disk {
    private final Path directory;
    private final Optional<FileChannel> lockChannel;

    private ReadOnlyDisk(Path directory, Optional<FileChannel> lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /** @throws IOException with one sentence if there is no such directory, or a bookie uses it */
    public static ReadOnlyDisk open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("There is no directory " + directory + ": correct --data-dir.");
        }
        Path lockFile = directory.resolve(FileDisk.LOCK);
        if (!Files.exists(lockFile)) {
            return new ReadOnlyDisk(directory, Optional.empty());
        }
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ);
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            if (lock != null) {
                return new ReadOnlyDisk(directory, Optional.of(channel));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(inUse(directory), e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(inUse(directory));
    }

    private static String inUse(Path directory) {
        return "The directory " + directory + " is in use by a running bookie: stop it first.";
    }

    @Override
    public DiskFile open(String name) throws IOException {
        Path path = directory.resolve(name);
        return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ), 1);
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        return open(name);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FileDisk.LOCK))
                    .sorted()
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
    public DiskFile create(String name) throws IOException {
        throw readOnly();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        throw readOnly();
    }

    @Override
    public void delete(String name) throws IOException {
        throw readOnly();
    }

    @Override
    public void syncDirectory() throws IOException {
        throw readOnly();
    }

    private IOException readOnly() {
        return new IOException("The directory " + directory + " was opened for reading only.");
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

    @Override
    public void close() throws IOException {
        if (lockChannel.isPresent()) {
            lockChannel.get().close();
        }
    }
}
