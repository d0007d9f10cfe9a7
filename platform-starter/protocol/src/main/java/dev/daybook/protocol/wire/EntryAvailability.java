package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;

/**
 * The set of entries of a ledger that a bookie stores: groups of runs of consecutive ids. Immutable. Source: wire
 * protocol, section 12.
 */
public final class EntryAvailability {
    private static final int HEADER_BYTES = 64;
    private static final int GROUP_BYTES = 24;
    private static final int VERSION = 0;

    private static final int GROUP_COUNT_OFFSET = 4;
    private static final int LAST_START_OFFSET = 8;
    private static final int RUN_SIZE_OFFSET = 16;
    private static final int PERIOD_OFFSET = 20;

    private final ByteBuffer encoded;
    private final int groups;

    private EntryAvailability(ByteBuffer encoded, int groups) {
        this.encoded = encoded;
        this.groups = groups;
    }

    /**
     * Every run of consecutive ids becomes a group of its own, as the peer's encoder does it.
     *
     * @param ascendingIds a repeated id counts once
     * @throws IllegalArgumentException if the ids do not ascend or are negative
     */
    public static byte[] encode(PrimitiveIterator.OfLong ascendingIds) {
        ByteBuf target = Unpooled.buffer(HEADER_BYTES + GROUP_BYTES);
        target.writeInt(VERSION).writeZero(HEADER_BYTES - Integer.BYTES);
        int groups = 0;
        long first = -1;
        long last = -1;
        while (ascendingIds.hasNext()) {
            long id = ascendingIds.nextLong();
            if (id < Math.max(last, 0)) {
                throw new IllegalArgumentException("entry " + id + " must not follow entry " + last);
            }
            // The run size is an int on the wire, so a longer run is split.
            boolean continuesRun = first >= 0 && id - last <= 1 && id - first < Integer.MAX_VALUE;
            if (!continuesRun) {
                groups += writeRun(target, first, last);
                first = id;
            }
            last = id;
        }
        groups += writeRun(target, first, last);
        target.setInt(GROUP_COUNT_OFFSET, groups);
        return ByteBufUtil.getBytes(target);
    }

    private static int writeRun(ByteBuf target, long first, long last) {
        if (first < 0) {
            return 0;
        }
        target.writeLong(first)
                .writeLong(first)
                .writeInt((int) (last - first + 1))
                .writeInt(0);
        return 1;
    }

    /** @throws MalformedFrameException if the bytes are no such encoding, or one of a version yet unknown */
    public static EntryAvailability decode(byte[] encoded) throws MalformedFrameException {
        ByteBuffer bytes = ByteBuffer.wrap(encoded.clone());
        if (encoded.length < HEADER_BYTES || bytes.getInt(0) != VERSION) {
            throw new MalformedFrameException("the list of entries does not start with a header of version 0");
        }
        int groups = bytes.getInt(GROUP_COUNT_OFFSET);
        if (groups < 0 || encoded.length != HEADER_BYTES + (long) GROUP_BYTES * groups) {
            throw new MalformedFrameException(
                    "the list of entries does not hold the " + groups + " groups it announces");
        }
        EntryAvailability decoded = new EntryAvailability(bytes, groups);
        decoded.check();
        return decoded;
    }

    private void check() throws MalformedFrameException {
        long previous = -1;
        for (int group = 0; group < groups; group++) {
            boolean valid =
                    first(group) > previous && last(group) >= first(group) && size(group) > 0 && period(group) >= 0;
            if (!valid) {
                throw new MalformedFrameException("group " + group + " of the list of entries is not a row of runs");
            }
            previous = first(group);
        }
    }

    public boolean contains(long entryId) {
        int group = floorGroup(entryId);
        if (group < 0) {
            return false;
        }
        long offset = entryId - first(group);
        int period = period(group);
        return period == 0
                ? offset < size(group)
                : offset % period < size(group) && entryId - last(group) < size(group);
    }

    /** The last group that starts at or before the entry; -1 if there is none. */
    private int floorGroup(long entryId) {
        int low = 0;
        int high = groups - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (first(middle) <= entryId) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private long first(int group) {
        return encoded.getLong(groupOffset(group));
    }

    private long last(int group) {
        return encoded.getLong(groupOffset(group) + LAST_START_OFFSET);
    }

    private int size(int group) {
        return encoded.getInt(groupOffset(group) + RUN_SIZE_OFFSET);
    }

    private int period(int group) {
        return encoded.getInt(groupOffset(group) + PERIOD_OFFSET);
    }

    private static int groupOffset(int group) {
        return HEADER_BYTES + group * GROUP_BYTES;
    }
}
