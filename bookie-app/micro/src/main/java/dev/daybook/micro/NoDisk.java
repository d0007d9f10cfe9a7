package dev.daybook.micro;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A disk without bytes: files know their size and read as zeros. What is measured on it is everything but the disk. */
final class NoDisk implements Disk {
    private static final long CAPACITY_BYTES = 1L << 40;

    private final Map<String, File> files = new ConcurrentHashMap<>();

    private static final class File implements DiskFile {
        private volatile long size;

        @Override
        public void write(long offset, ByteBuffer bytes) {
            size = Math.max(size, offset + bytes.remaining());
            bytes.position(bytes.limit());
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            int count = (int) Math.max(0, Math.min(size - offset, into.remaining()));
            for (int i = 0; i < count; i++) {
                into.put((byte) 0);
            }
            return count;
        }

        @Override
        public void sync() {}

        @Override
        public long size() {
            return size;
        }

        @Override
        public int alignment() {
            return 1;
        }

        @Override
        public void close() {}
    }

    private File find(String name) throws IOException {
        File file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    @Override
    public DiskFile create(String name) {
        File file = new File();
        files.put(name, file);
        return file;
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return find(name);
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        return find(name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public boolean exists(String name) {
        return files.containsKey(name);
    }

    @Override
    public long size(String name) throws IOException {
        return find(name).size();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.put(to, find(from));
        files.remove(from);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void syncDirectory() {}

    @Override
    public long totalBytes() {
        return CAPACITY_BYTES;
    }

    @Override
    public long usableBytes() {
        return CAPACITY_BYTES;
    }

    @Override
    public String volume() {
        return "none";
    }

    @Override
    public String path() {
        return "none";
    }

    @Override
    public void close() {}
}
