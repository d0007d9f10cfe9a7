package dev.daybook.server.garbage;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.sim.SimDisk;
import java.io.IOException;
import java.util.List;

/** A simulated disk of which its files can be seen to take space. */
final class SmallDisk implements Disk {
    private final SimDisk files = new SimDisk("/small", SimDisk.Power.steady());
    long capacityBytes;

    SmallDisk(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    long usedBytes() throws IOException {
        long bytes = 0;
        for (String name : files.list()) {
            bytes += files.size(name);
        }
        return bytes;
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return files.create(name);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return files.open(name);
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        return files.openDirect(name);
    }

    @Override
    public List<String> list() {
        return files.list();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return files.exists(name);
    }

    @Override
    public long size(String name) throws IOException {
        return files.size(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(name);
    }

    @Override
    public void syncDirectory() throws IOException {
        files.syncDirectory();
    }

    @Override
    public long totalBytes() {
        return capacityBytes;
    }

    @Override
    public long usableBytes() throws IOException {
        return capacityBytes - usedBytes();
    }

    @Override
    public String volume() {
        return files.volume();
    }

    @Override
    public String path() {
        return files.path();
    }

    @Override
    public void close() {
        files.close();
    }
}
