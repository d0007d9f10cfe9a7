package dev.daybook.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
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
    private static final String LOCK = "LOCK";

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
        return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, extra));
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

    private static final class OpenFile implements DiskFile {
        private final Path path;
        private final FileChannel channel;

        OpenFile(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public void write(long offset, ByteBuffer bytes) throws IOException {
            long at = offset;
            try {
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            } catch (IOException e) {
                throw explained(e);
            }
        }

        private IOException explained(IOException e) {
            String text = String.valueOf(e.getMessage());
            if (text.contains("No space left") || text.contains("quota exceeded")) {
                return new DiskFullException("There is no space left to write " + path + ".", e);
            }
            return new IOException("The file " + path + " could not be written: " + text + ".", e);
        }

        @Override
        public int read(long offset, ByteBuffer into) throws IOException {
            int total = 0;
            while (into.hasRemaining()) {
                int count = channel.read(into, offset + total);
                if (count < 0) {
                    return total;
                }
                total += count;
            }
            return total;
        }

        @Override
        public void sync() throws IOException {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
