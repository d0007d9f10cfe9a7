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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * A disk in memory that knows what is durable: bytes and sizes from the sync of their file on, names from the sync of
 * the directory on. The disks of one machine share a {@link Power}; {@link PowerLoss} says what is found after it went.
 */
public final class SimDisk implements Disk {
    /** What the disks of one machine share: it counts the calls that change something, and may end before one. */
    public static final class Power {
        private final IntConsumer watch;
        private int steps;

        private Power(IntConsumer watch) {
            this.watch = watch;
        }

        /** Never goes. */
        public static Power steady() {
            return new Power(call -> {});
        }

        public static Power cutBefore(int step) {
            return new Power(next -> {
                if (next >= step) {
                    throw new SimulatedCrash(next);
                }
            });
        }

        /** @param watch told the number of each call before it happens; may throw {@link SimulatedCrash} */
        public static Power watched(IntConsumer watch) {
            return new Power(watch);
        }

        public int steps() {
            return steps;
        }

        /** Returns the place of the change in the order of all changes of the machine. */
        private long step() {
            watch.accept(steps);
            return steps++;
        }
    }

    private final String path;
    private final Power power;
    private final Map<String, SimFile> names = new TreeMap<>();
    private final List<Unsynced.Name> unsyncedNames = new ArrayList<>();
    private Map<String, SimFile> durableNames = new TreeMap<>();
    private boolean syncFails;
    private long freeBytes = Long.MAX_VALUE;

    public SimDisk(String path, Power power) {
        this.path = path;
        this.power = power;
    }

    SimDisk afterPowerLoss(SimFile.Judge judge, Random torn, Map<SimFile, SimFile> found, Power newPower) {
        Map<String, SimFile> survivors = new TreeMap<>(durableNames);
        for (Unsynced.Name change : unsyncedNames) {
            if (judge.of(change) != Fate.LOST) {
                apply(change, survivors);
            }
        }
        SimDisk disk = new SimDisk(path, newPower);
        survivors.forEach((name, file) ->
                disk.names.put(name, found.computeIfAbsent(file, lost -> lost.afterPowerLoss(judge, torn))));
        disk.durableNames = new TreeMap<>(disk.names);
        return disk;
    }

    private static void apply(Unsynced.Name change, Map<String, SimFile> into) {
        into.remove(change.removed());
        if (!change.added().isEmpty()) {
            into.put(change.added(), change.file());
        }
    }

    /** The same disk for another world, what is unsynced included: what a new process finds after the old one died. */
    public SimDisk fork(Power newPower) {
        SimDisk disk = new SimDisk(path, newPower);
        Map<SimFile, SimFile> forks = new HashMap<>();
        names.forEach((name, file) -> disk.names.put(name, file.fork(forks)));
        durableNames.forEach((name, file) -> disk.durableNames.put(name, file.fork(forks)));
        unsyncedNames.forEach(change -> disk.unsyncedNames.add(new Unsynced.Name(
                change.order(),
                disk,
                change.removed(),
                change.added(),
                change.file().fork(forks))));
        return disk;
    }

    /** The same content, all of it durable, as after an orderly end. */
    public SimDisk copy(Power newPower) {
        SimDisk disk = new SimDisk(path, newPower);
        names.forEach((name, file) -> disk.names.put(name, SimFile.holding(file.content())));
        disk.durableNames = new TreeMap<>(disk.names);
        return disk;
    }

    List<Unsynced.Name> unsyncedNames() {
        return unsyncedNames;
    }

    /** Files that may be found after a power cut. */
    Set<SimFile> reachableFiles() {
        Set<SimFile> files = new LinkedHashSet<>(durableNames.values());
        unsyncedNames.forEach(change -> files.add(change.file()));
        return files;
    }

    public void failSyncs() {
        syncFails = true;
    }

    /** How many bytes may still be written before the disk is full. */
    public void setFreeBytes(long bytes) {
        freeBytes = bytes;
    }

    public byte[] content(String name) throws IOException {
        return existing(name).content();
    }

    public void flip(String name, int bit) throws IOException {
        byte[] content = content(name);
        content[bit / 8] ^= (byte) (1 << (bit % 8));
        replace(name, content);
    }

    /** As {@link #flip}, under the eyes of whoever has the file open. */
    public void rot(String name, int bit) throws IOException {
        existing(name).rot(bit);
    }

    /** Puts a file in the place of the one of that name, if there is one. All of it is durable. */
    public void replace(String name, byte[] content) {
        SimFile file = SimFile.holding(Arrays.copyOf(content, content.length));
        names.put(name, file);
        durableNames.put(name, file);
    }

    /** The file was never there. */
    public void remove(String name) {
        names.remove(name);
        durableNames.remove(name);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        long order = power.step();
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        SimFile file = new SimFile();
        change(new Unsynced.Name(order, this, Unsynced.Name.NONE, name, file));
        return new OpenFile(file, 1);
    }

    private void change(Unsynced.Name change) {
        apply(change, names);
        unsyncedNames.add(change);
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
        return existing(name).bytes();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        long order = power.step();
        change(new Unsynced.Name(order, this, from, to, existing(from)));
    }

    @Override
    public void delete(String name) throws IOException {
        long order = power.step();
        change(new Unsynced.Name(order, this, name, Unsynced.Name.NONE, existing(name)));
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
            long order = power.step();
            int limit = bytes.limit();
            boolean full = freeBytes < bytes.remaining();
            if (full) {
                bytes.limit(bytes.position() + (int) Math.max(0, freeBytes));
            }
            freeBytes -= bytes.remaining();
            file.write(offset, bytes, order);
            bytes.limit(limit);
            if (full) {
                throw new DiskFullException("There is no space left on " + path + ".", new IOException("full"));
            }
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            checkAligned(offset, into);
            return file.read(offset, into);
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
            return file.bytes();
        }

        @Override
        public int alignment() {
            return alignment;
        }

        @Override
        public void close() {}
    }
}
