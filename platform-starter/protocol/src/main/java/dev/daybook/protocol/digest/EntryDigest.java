package dev.daybook.protocol.digest;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerPassword;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;

/** Packages and checks the entries of one ledger. Thread-safe. Source: entry format, sections 1, 2 and 4. */
public final class EntryDigest {
    private static final VerifiedEntry MISMATCH = new VerifiedEntry.Mismatch();
    private static final int LAC_PACKET_COVERED_BYTES = 16;

    private final int digestBytes;
    private final Supplier<DigestRun> runs;

    private EntryDigest(DigestType type, Supplier<DigestRun> runs) {
        this.digestBytes = type.digestBytes();
        this.runs = runs;
    }

    public static EntryDigest of(DigestType type, LedgerPassword password) {
        return new EntryDigest(
                type,
                switch (type) {
                    case CRC32 -> DigestRun::crc32;
                    case CRC32C -> DigestRun::crc32c;
                    case MAC -> {
                        SecretKeySpec key = new SecretKeySpec(LedgerKeys.macKey(password), "HmacSHA1");
                        yield () -> DigestRun.mac(key);
                    }
                    case DUMMY -> DigestRun::none;
                });
    }

    /**
     * The packaged entry, which belongs to the caller.
     *
     * @param length payload bytes of the ledger up to and including this entry
     * @param payload taken over
     */
    public ByteBuf pack(
            ByteBufAllocator allocator, long ledgerId, long entryId, long lac, long length, ByteBuf payload) {
        ByteBuf packed = allocator
                .buffer(headerBytes() + payload.readableBytes())
                .setIndex(headerBytes(), headerBytes())
                .writeBytes(payload);
        payload.release();
        packAround(packed, ledgerId, entryId, lac, length);
        return packed;
    }

    /**
     * Makes a payload a packaged entry by what it writes in front of it.
     *
     * @param payload with room for {@link #headerBytes} before its first byte; it is the entry then, and is not copied
     * @param length as of {@link #pack}
     */
    public void packAround(ByteBuf payload, long ledgerId, long entryId, long lac, long length) {
        int payloadStart = payload.readerIndex();
        int payloadBytes = payload.readableBytes();
        int start = payloadStart - headerBytes();
        payload.setIndex(start, start);
        payload.writeLong(ledgerId).writeLong(entryId).writeLong(lac).writeLong(length);
        runs.get()
                .update(payload, start, EntryHeader.METADATA_LENGTH)
                .update(payload, payloadStart, payloadBytes)
                .writeTo(payload);
        payload.writerIndex(payloadStart + payloadBytes);
    }

    /**
     * Checks what a bookie returned. The packaged entry stays the caller's; the payload of a verified one is a retained
     * slice of it.
     *
     * @param entryId the id asked for; {@link EntryId#LAST_STORED} accepts any id
     */
    public VerifiedEntry verify(ByteBuf packaged, long ledgerId, long entryId) {
        int start = packaged.readerIndex();
        int payloadBytes = packaged.readableBytes() - headerBytes();
        if (payloadBytes < 0) {
            return MISMATCH;
        }
        boolean intact = runs.get()
                .update(packaged, start, EntryHeader.METADATA_LENGTH)
                .update(packaged, start + headerBytes(), payloadBytes)
                .isAt(packaged, start + EntryHeader.METADATA_LENGTH);
        if (!intact
                || EntryHeader.ledgerId(packaged) != ledgerId
                || (entryId != EntryId.LAST_STORED && EntryHeader.entryId(packaged) != entryId)) {
            return MISMATCH;
        }
        return new VerifiedEntry.Verified(
                packaged.retainedSlice(start + headerBytes(), payloadBytes),
                EntryHeader.entryId(packaged),
                EntryHeader.lac(packaged),
                EntryHeader.length(packaged));
    }

    /** The packet that makes a last-add-confirmed known without an entry. It belongs to the caller. */
    public ByteBuf packLac(ByteBufAllocator allocator, long ledgerId, long lac) {
        ByteBuf packet = allocator.buffer(LAC_PACKET_COVERED_BYTES + digestBytes);
        packet.writeLong(ledgerId).writeLong(lac);
        runs.get()
                .update(packet, packet.readerIndex(), LAC_PACKET_COVERED_BYTES)
                .writeTo(packet);
        return packet;
    }

    /** The last-add-confirmed in the packet; empty if the packet is damaged or of another ledger. It stays the caller's. */
    public OptionalLong verifyLac(ByteBuf packet, long ledgerId) {
        int start = packet.readerIndex();
        if (packet.readableBytes() < LAC_PACKET_COVERED_BYTES + digestBytes) {
            return OptionalLong.empty();
        }
        boolean intact = runs.get()
                .update(packet, start, LAC_PACKET_COVERED_BYTES)
                .isAt(packet, start + LAC_PACKET_COVERED_BYTES);
        if (!intact || packet.getLong(start) != ledgerId) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(packet.getLong(start + Long.BYTES));
    }

    /** What an entry has before its payload. */
    public int headerBytes() {
        return EntryHeader.METADATA_LENGTH + digestBytes;
    }
}
