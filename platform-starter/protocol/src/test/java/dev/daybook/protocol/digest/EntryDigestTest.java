package dev.daybook.protocol.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class EntryDigestTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
    private static final LedgerPassword PASSWORD = LedgerPassword.of("secret");

    @TestFactory
    Stream<DynamicTest> keysOfThePeer() {
        return Vectors.list("master-keys.json").stream()
                .map(vector -> DynamicTest.dynamicTest("password " + Vectors.text(vector, "passwordHex"), () -> {
                    LedgerPassword password = password(vector);
                    assertThat(LedgerKeys.masterKey(password)).isEqualTo(Vectors.bytes(vector, "masterKeyHex"));
                    assertThat(LedgerKeys.macKey(password)).isEqualTo(Vectors.bytes(vector, "macKeyHex"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> entriesOfThePeer() {
        return Vectors.list("entries.json").stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.required("digestType") + " ledger " + vector.required("ledgerId") + " payload "
                                + vector.required("payloadHex"),
                        () -> checkEntry(vector)));
    }

    private static void checkEntry(JsonNode vector) {
        EntryDigest digest = digest(vector);
        long ledgerId = number(vector, "ledgerId");
        long entryId = number(vector, "entryId");
        String payloadHex = Vectors.text(vector, "payloadHex");
        ByteBuf payload = Vectors.buffer(payloadHex);
        ByteBuf packaged = digest.pack(
                ALLOCATOR, ledgerId, entryId, number(vector, "lastAddConfirmed"), number(vector, "length"), payload);
        assertThat(ByteBufUtil.hexDump(packaged)).isEqualTo(Vectors.text(vector, "entryHex"));
        assertThat(EntryHeader.ledgerId(packaged)).isEqualTo(ledgerId);
        VerifiedEntry.Verified verified = verified(digest.verify(packaged, ledgerId, entryId));
        assertThat(verified.entryId()).isEqualTo(entryId);
        assertThat(verified.lac()).isEqualTo(number(vector, "lastAddConfirmed"));
        assertThat(verified.length()).isEqualTo(number(vector, "length"));
        packaged.release();
        assertThat(Vectors.hex(verified.payload())).isEqualTo(payloadHex);
    }

    @TestFactory
    Stream<DynamicTest> lacPacketsOfThePeer() {
        return Vectors.list("explicit-lac.json").stream()
                .map(vector ->
                        DynamicTest.dynamicTest(vector.required("digestType") + " " + vector.required("lac"), () -> {
                            EntryDigest digest = digest(vector);
                            long ledgerId = number(vector, "ledgerId");
                            ByteBuf packet = digest.packLac(ALLOCATOR, ledgerId, number(vector, "lac"));
                            assertThat(ByteBufUtil.hexDump(packet)).isEqualTo(Vectors.text(vector, "packetHex"));
                            assertThat(digest.verifyLac(packet, ledgerId))
                                    .isEqualTo(OptionalLong.of(number(vector, "lac")));
                            assertThat(digest.verifyLac(packet, ledgerId + 1)).isEmpty();
                            assertThat(digest.verifyLac(packet.slice(0, packet.readableBytes() - 1), ledgerId))
                                    .isEmpty();
                            packet.release();
                        }));
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedByteIsNoticed(DigestType type) {
        EntryDigest digest = EntryDigest.of(type, PASSWORD);
        ByteBuf packaged = digest.pack(ALLOCATOR, 42, 7, 6, 12, Vectors.buffer("68656c6c6f"));
        List<Integer> unnoticed = new ArrayList<>();
        for (int index = 0; index < packaged.readableBytes(); index++) {
            ByteBuf damaged = packaged.copy();
            damaged.setByte(index, ~damaged.getByte(index));
            if (digest.verify(damaged, 42, 7) instanceof VerifiedEntry.Verified verified) {
                verified.payload().release();
                unnoticed.add(index);
            }
            assertThat(damaged.refCnt()).isEqualTo(1);
            damaged.release();
        }
        // Without a digest only the ids protect an entry.
        assertThat(unnoticed).hasSize(type == DigestType.DUMMY ? packaged.readableBytes() - 16 : 0);
        packaged.release();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryMustBeTheOneAskedFor(DigestType type) {
        EntryDigest digest = EntryDigest.of(type, PASSWORD);
        ByteBuf packaged = digest.pack(ALLOCATOR, 42, 7, 6, 12, Unpooled.EMPTY_BUFFER);
        assertThat(digest.verify(packaged, 43, 7)).isInstanceOf(VerifiedEntry.Mismatch.class);
        assertThat(digest.verify(packaged, 42, 8)).isInstanceOf(VerifiedEntry.Mismatch.class);
        assertThat(digest.verify(packaged.slice(0, packaged.readableBytes() - 1), 42, 7))
                .isInstanceOf(VerifiedEntry.Mismatch.class);
        VerifiedEntry.Verified last = verified(digest.verify(packaged, 42, EntryId.LAST_STORED));
        assertThat(last.entryId()).isEqualTo(7);
        last.payload().release();
        packaged.release();
    }

    @ParameterizedTest
    @EnumSource
    void longPayloadsAreLinkedAndCoveredPieceByPiece(DigestType type) {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        EntryDigest digest = EntryDigest.of(type, PASSWORD);
        ByteBuf direct = ALLOCATOR.directBuffer().writeBytes(bytes, 0, 70_000);
        ByteBuf heap = ALLOCATOR.heapBuffer().writeBytes(bytes, 70_000, 30_000);
        ByteBuf payload = ALLOCATOR.compositeBuffer().addComponents(true, direct, heap);
        ByteBuf packaged = digest.pack(ALLOCATOR, 1, 2, 1, bytes.length, payload);
        ByteBuf received =
                Unpooled.wrappedBuffer(ByteBufUtil.getBytes(packaged)).asReadOnly();
        for (ByteBuf form : List.of(packaged, received)) {
            VerifiedEntry.Verified verified = verified(digest.verify(form, 1, 2));
            assertThat(ByteBufUtil.getBytes(verified.payload())).isEqualTo(bytes);
            verified.payload().release();
        }
        packaged.release();
        assertThat(direct.refCnt() + heap.refCnt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shortPayloadsAreCopiedAndReleased(DigestType type) {
        ByteBuf payload = ALLOCATOR.directBuffer().writeLong(1);
        EntryDigest.of(type, PASSWORD).pack(ALLOCATOR, 1, 2, 1, 8, payload).release();
        assertThat(payload.refCnt()).isZero();
    }

    private static VerifiedEntry.Verified verified(VerifiedEntry entry) {
        assertThat(entry).isInstanceOf(VerifiedEntry.Verified.class);
        return (VerifiedEntry.Verified) entry;
    }

    private static EntryDigest digest(JsonNode vector) {
        String name = Vectors.text(vector, "digestType");
        return EntryDigest.of(name.equals("HMAC") ? DigestType.MAC : DigestType.valueOf(name), password(vector));
    }

    private static LedgerPassword password(JsonNode vector) {
        return LedgerPassword.of(Vectors.bytes(vector, "passwordHex"));
    }

    private static long number(JsonNode vector, String field) {
        return vector.required(field).longValue();
    }
}
