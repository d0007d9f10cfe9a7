package dev.daybook.storage.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The content of a file as processes see it, as it certainly is on the disk, and the changes in between. Pages are never
 * changed in place, so that copies share them.
 */
final class SimFile {
    static final int PAGE_BYTES = 4096;
    static final int SECTOR_BYTES = 512;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private byte[][] seen;
    private long seenBytes;
    private byte[][] durable;
    private long durableBytes;
    private final List<Unsynced> unsynced = new ArrayList<>();

    /** A sync failed: some of what is seen is neither durable nor among the changes. */
    private boolean syncFailed;

    SimFile() {
        this(new byte[0][], 0);
    }

    private SimFile(byte[][] pages, long bytes) {
        this.seen = pages;
        this.durable = pages;
        this.seenBytes = bytes;
        this.durableBytes = bytes;
    }

    static SimFile holding(byte[] content) {
        byte[][] pages = new byte[(content.length + PAGE_BYTES - 1) / PAGE_BYTES][];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = Arrays.copyOfRange(content, i * PAGE_BYTES, (i + 1) * PAGE_BYTES);
        }
        return new SimFile(pages, content.length);
    }

    long bytes() {
        return seenBytes;
    }

    /** A bit changes on the disk, whoever has the file open. What is written over it later is sound again. */
    void rot(int bit) {
        seen = withFlippedBit(seen, bit);
        durable = withFlippedBit(durable, bit);
    }

    private static byte[][] withFlippedBit(byte[][] pages, int bit) {
        int page = bit / 8 / PAGE_BYTES;
        if (page >= pages.length) {
            return pages;
        }
        byte[][] changed = pages.clone();
        changed[page] = pages[page].clone();
        changed[page][bit / 8 % PAGE_BYTES] ^= (byte) (1 << (bit % 8));
        return changed;
    }

    byte[] content() {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(seenBytes));
        read(0, content);
        return content.array();
    }

    int read(long offset, ByteBuffer into) {
        int count = (int) Math.max(0, Math.min(into.remaining(), seenBytes - offset));
        for (int done = 0; done < count; ) {
            int from = (int) ((offset + done) % PAGE_BYTES);
            int part = Math.min(PAGE_BYTES - from, count - done);
            into.put(seen[(int) ((offset + done) / PAGE_BYTES)], from, part);
            done += part;
        }
        return count;
    }

    void write(long offset, ByteBuffer bytes, long order) {
        long end = offset + bytes.remaining();
        if (end > seenBytes || syncFailed) {
            seenBytes = Math.max(seenBytes, end);
            unsynced.add(new Unsynced.Size(order, this, seenBytes));
        }
        seen = withLength(seen, seenBytes);
        for (long at = offset; at < end; ) {
            int page = (int) (at / PAGE_BYTES);
            int from = (int) (at % PAGE_BYTES);
            int part = (int) Math.min(PAGE_BYTES - from, end - at);
            byte[] content = seen[page].clone();
            bytes.get(content, from, part);
            if (syncFailed || !Arrays.equals(content, seen[page])) {
                seen[page] = content;
                unsynced.add(new Unsynced.Page(order, this, page, content));
            }
            at += part;
        }
    }

    /** A copy of the list of pages, long enough for that many bytes. */
    private static byte[][] withLength(byte[][] pages, long bytes) {
        byte[][] longer = Arrays.copyOf(pages, Math.max(pages.length, (int) ((bytes + PAGE_BYTES - 1) / PAGE_BYTES)));
        Arrays.fill(longer, pages.length, longer.length, ZEROS);
        return longer;
    }

    void sync() {
        SimFile synced = survivor(unsynced, change -> Fate.KEPT, new Random(0));
        durable = synced.durable;
        durableBytes = synced.durableBytes;
        unsynced.clear();
    }

    /** The kernel reports an error once and takes the pages for clean: a later sync does not write them either. */
    void failSync() {
        syncFailed = true;
        unsynced.clear();
    }

    List<Unsynced> unsynced() {
        return unsynced;
    }

    /** What decides over the unsynced changes. */
    interface Judge {
        Fate of(Unsynced change);
    }

    SimFile afterPowerLoss(Judge judge, Random torn) {
        return survivor(unsynced, judge, torn);
    }

    private SimFile survivor(List<Unsynced> changes, Judge judge, Random torn) {
        byte[][] pages = withLength(durable, durableBytes);
        long bytes = durableBytes;
        for (Unsynced change : changes) {
            Fate fate = judge.of(change);
            if (fate == Fate.LOST) {
                continue;
            }
            if (change instanceof Unsynced.Size size) {
                bytes = Math.max(bytes, size.bytes());
            } else if (change instanceof Unsynced.Page page) {
                pages = withLength(pages, (page.page() + 1L) * PAGE_BYTES);
                pages[page.page()] =
                        fate == Fate.KEPT ? page.content() : torn(pages[page.page()], page.content(), torn);
            }
        }
        return new SimFile(cut(pages, bytes), bytes);
    }

    /** Sectors are written whole or not at all. */
    private static byte[] torn(byte[] before, byte[] after, Random random) {
        byte[] content = before.clone();
        for (int start = 0; start < PAGE_BYTES; start += SECTOR_BYTES) {
            if (random.nextBoolean()) {
                System.arraycopy(after, start, content, start, SECTOR_BYTES);
            }
        }
        return content;
    }

    private static byte[][] cut(byte[][] pages, long bytes) {
        byte[][] result = withLength(pages, bytes);
        int whole = (int) ((bytes + PAGE_BYTES - 1) / PAGE_BYTES);
        result = result.length == whole ? result : Arrays.copyOf(result, whole);
        int rest = (int) (bytes % PAGE_BYTES);
        if (rest != 0 && result[whole - 1] != ZEROS) {
            // What lay behind the end is zeros when the file grows again.
            result[whole - 1] = Arrays.copyOf(Arrays.copyOf(result[whole - 1], rest), PAGE_BYTES);
        }
        return result;
    }

    /** The same file for another world, unsynced changes included. */
    SimFile fork(Map<SimFile, SimFile> forks) {
        SimFile known = forks.get(this);
        if (known != null) {
            return known;
        }
        SimFile fork = new SimFile(seen, seenBytes);
        fork.durable = durable;
        fork.durableBytes = durableBytes;
        fork.syncFailed = syncFailed;
        for (Unsynced change : unsynced) {
            fork.unsynced.add(
                    change instanceof Unsynced.Page page
                            ? new Unsynced.Page(page.order(), fork, page.page(), page.content())
                            : new Unsynced.Size(change.order(), fork, ((Unsynced.Size) change).bytes()));
        }
        forks.put(this, fork);
        return fork;
    }
}
