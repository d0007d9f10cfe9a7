package dev.daybook.storage.sim;

import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.disk.DiskFile;
import dev.daybook.storage.disk.DiskFullException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that knows what is durable. Several disks of one machine share a {@link Power}, which goes at a chosen
 * storage call. Names follow a metadata journal: after a power cut some prefix of the unsynced changes has happened.
 */
public final class SimDisk implements Disk {
    /** Counts the storage calls that change something, and cuts at one of them. */
    public static final class Power {
        private final int cutBefore;
        private int steps;

        private Power(int cutBefore) {
            this.cutBefore = cutBefore;
        }

        /** Never goes. */
        public static Power steady() {
            return new Power(Integer.MAX_VALUE);
        }

        public static Power cutBefore(int step) {
            return new Power(step);
        }

        public int steps() {
            return steps;
        }

        private void step() {
            if (steps >= cutBefore) {
                throw new SimulatedCrash(steps);
            }
            steps++;
        }
    }

    private final String path;
    private final Power power;
    private final Map<String, SimFile> names = new TreeMap<>();
    private final List<Map<String, SimFile>> unsyncedNames = new ArrayList<>();
    private Map<String, SimFile> durableNames = new TreeMap<>();
    private boolean syncFails;
    private long freeBytes = Long.MAX_VALUE;

    public SimDisk(String path, Power power) {
        this.path = path;
        this.power = power;
    }

    /** What a machine finds on this disk after the power came back. */
    public SimDisk afterPowerLoss(Survival survival, Random random, Power newPower) {
        int survivors = switch (survival) {
            case NOTHING -> 0;
            case EVERYTHING -> unsyncedNames.size();
            case SECTORS, PREFIX -> random.nextInt(unsyncedNames.size() + 1);
        };
        Map<String, SimFile> found = survivors == 0 ? durableNames : unsyncedNames.get(survivors - 1);
        SimDisk disk = new SimDisk(path, newPower);
        found.forEach((name, file) -> disk.names.put(name, file.afterPowerLoss(survival, random)));
        disk.durableNames = new TreeMap<>(disk.names);
        return disk;
    }

    /** The same content, all of it durable, as after an orderly end. */
    public SimDisk copy(Power newPower) {
        SimDisk disk = new SimDisk(path, newPower);
        names.forEach((name, file) -> disk.names.put(name, new SimFile(file.seen())));
        disk.durableNames = new TreeMap<>(disk.names);
        return disk;
    }

    public void failSyncs() {
        syncFails = true;
    }

    /** How many bytes may still be written before the disk is full. */
    public void setFreeBytes(long bytes) {
        freeBytes = bytes;
    }

    public byte[] content(String name) throws IOException {
        return existing(name).seen().clone();
    }

    public void flip(String name, int bit) throws IOException {
        existing(name).flip(bit);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        power.step();
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        SimFile file = new SimFile(new byte[0]);
        names.put(name, file);
        namesChanged();
        return new OpenFile(file, 1);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new OpenFile(existing(name), 1);
    }

    @Override
    public DiskFile openDirect(String name) throws IOException {
        return new OpenFile(existing(name), AlignedBuffers.BLOCK_BYTES);
    }

    private SimFile existing(String name) throws FileNotFoundException {
        SimFile file = names.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    private void namesChanged() {
        unsyncedNames.add(new TreeMap<>(names));
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public boolean exists(String name) {
        return names.containsKey(name);
    }

    @Override
    public long size(String name) throws IOException {
        return existing(name).seen().length;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        power.step();
        SimFile file = existing(from);
        names.remove(from);
        names.put(to, file);
        namesChanged();
    }

    @Override
    public void delete(String name) throws IOException {
        power.step();
        existing(name);
        names.remove(name);
        namesChanged();
    }

    @Override
    public void syncDirectory() {
        power.step();
        durableNames = new TreeMap<>(names);
        unsyncedNames.clear();
    }

    @Override
    public long totalBytes() {
        return 1L << 40;
    }

    @Override
    public long usableBytes() {
        return freeBytes;
    }

    @Override
    public String volume() {
        return path;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void close() {}

    private final class OpenFile implements DiskFile {
        private final SimFile file;
        private final int alignment;

        OpenFile(SimFile file, int alignment) {
            this.file = file;
            this.alignment = alignment;
        }

        private void checkAligned(long offset, ByteBuffer bytes) {
            boolean aligned = alignment == 1
                    || (offset % alignment == 0
                            && bytes.remaining() % alignment == 0
                            && bytes.isDirect()
                            && bytes.alignmentOffset(bytes.position(), alignment) == 0);
            if (!aligned) {
                throw new IllegalArgumentException(
                        "a direct file was accessed at " + offset + " with " + bytes + ", which is not aligned");
            }
        }

        @Override
        public void write(long offset, ByteBuffer bytes) throws IOException {
            checkAligned(offset, bytes);
            power.step();
            byte[] copy = new byte[(int) Math.min(bytes.remaining(), freeBytes)];
            boolean full = copy.length < bytes.remaining();
            bytes.get(copy);
            file.write(Math.toIntExact(offset), copy);
            freeBytes -= copy.length;
            if (full) {
                throw new DiskFullException("There is no space left on " + path + ".", new IOException("full"));
            }
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            checkAligned(offset, into);
            byte[] content = file.seen();
            int count = (int) Math.max(0, Math.min(into.remaining(), content.length - offset));
            into.put(content, (int) Math.min(offset, content.length), count);
            return count;
        }

        @Override
        public void sync() throws IOException {
            power.step();
            if (syncFails) {
                file.failSync();
                throw new IOException("input/output error");
            }
            file.sync();
        }

        @Override
        public long size() {
            return file.seen().length;
        }

        @Override
        public int alignment() {
            return alignment;
        }

        @Override
        public void close() {}
    }
}
