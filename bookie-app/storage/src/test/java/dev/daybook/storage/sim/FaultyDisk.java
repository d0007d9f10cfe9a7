package dev.daybook.storage.sim;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk every call of which may fail as its {@link Faults} say. What failed has not happened. */
public final class FaultyDisk implements Disk {
    private final Disk disk;
    private final Faults faults;

    public FaultyDisk(Disk disk, Faults faults) {
        this.disk = disk;
        this.faults = faults;
    }

    @Override
    public DiskFile create(String name) throws IOException {
        faults.call(true);
        return new FaultyFile(disk.create(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        faults.call(false);
        return new FaultyFile(disk.open(name));
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        faults.call(false);
        return new FaultyFile(disk.openDirect(name));
    }

    @Override
    public List<String> list() throws IOException {
        faults.call(false);
        return disk.list();
    }

    @Override
    public boolean exists(String name) throws IOException {
        faults.call(false);
        return disk.exists(name);
    }

    @Override
    public long size(String name) throws IOException {
        faults.call(false);
        return disk.size(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        faults.call(false);
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        faults.call(false);
        disk.delete(name);
    }

    @Override
    public void syncDirectory() throws IOException {
        faults.call(false);
        disk.syncDirectory();
    }

    @Override
    public long totalBytes() throws IOException {
        return disk.totalBytes();
    }

    @Override
    public long usableBytes() throws IOException {
        return faults.isOutOfSpace() ? 0 : disk.usableBytes();
    }

    @Override
    public String volume() throws IOException {
        return disk.volume();
    }

    @Override
    public String path() {
        return disk.path();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(long offset, ByteBuffer bytes) throws IOException {
            faults.call(offset + bytes.remaining() > file.size());
            file.write(offset, bytes);
        }

        @Override
        public int read(long offset, ByteBuffer into) throws IOException {
            faults.call(false);
            return file.read(offset, into);
        }

        @Override
        public void sync() throws IOException {
            faults.call(false);
            file.sync();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int alignment() {
            return file.alignment();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
