package dev.daybook.storage.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The content of a file as processes see it, and as it would be found after a power cut. */
final class SimFile {
    static final int SECTOR_BYTES = 512;

    /** @param offset of bytes that were written after the last sync */
    private record Write(int offset, byte[] bytes) {}

    private byte[] seen;
    private byte[] durable;
    private final List<Write> unsynced = new ArrayList<>();

    SimFile(byte[] content) {
        this.seen = content;
        this.durable = content;
    }

    byte[] seen() {
        return seen;
    }

    void write(int offset, byte[] bytes) {
        seen = written(seen, offset, bytes);
        unsynced.add(new Write(offset, bytes));
    }

    private static byte[] written(byte[] content, int offset, byte[] bytes) {
        byte[] result = Arrays.copyOf(content, Math.max(content.length, offset + bytes.length));
        System.arraycopy(bytes, 0, result, offset, bytes.length);
        return result;
    }

    void sync() {
        durable = seen;
        unsynced.clear();
    }

    /** The kernel reports an error once and takes the pages for clean: what was not synced is as good as lost. */
    void failSync() {
        unsynced.clear();
    }

    SimFile afterPowerLoss(Survival survival, Random random) {
        byte[] content = durable;
        int survivors = survival == Survival.PREFIX ? random.nextInt(unsynced.size() + 1) : unsynced.size();
        for (int i = 0; i < survivors && survival != Survival.NOTHING; i++) {
            Write write = unsynced.get(i);
            boolean torn = survival == Survival.SECTORS || (survival == Survival.PREFIX && i == survivors - 1);
            content = torn ? torn(content, write, random) : written(content, write.offset(), write.bytes());
        }
        return new SimFile(content);
    }

    /** Sectors are written whole or not at all. */
    private static byte[] torn(byte[] before, Write write, Random random) {
        byte[] content = before;
        int end = write.offset() + write.bytes().length;
        for (int start = write.offset(); start < end; ) {
            int sectorEnd = Math.min(end, (start / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (random.nextBoolean()) {
                byte[] part = Arrays.copyOfRange(write.bytes(), start - write.offset(), sectorEnd - write.offset());
                content = written(content, start, part);
            }
            start = sectorEnd;
        }
        return content;
    }

    void flip(int bit) {
        seen = seen.clone();
        seen[bit / 8] ^= (byte) (1 << (bit % 8));
        durable = seen;
        unsynced.clear();
    }
}
