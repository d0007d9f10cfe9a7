package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short way of reading the answer to an add against the long one. */
class AddAcknowledgementTest {
    private static final int ROUNDS = 20_000;

    private static FrameHeader header(Generation generation, long txnId) {
        return generation == Generation.V2 ? FrameHeader.v2(Operation.ADD) : FrameHeader.v3(Operation.ADD, txnId);
    }

    private static ByteBuf frame(FrameHeader header, Status status, long ledgerId, long entryId) {
        ByteBuf frame = ResponseEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT, new BookieResponse.Add(header, status, ledgerId, entryId));
        return frame.skipBytes(Integer.BYTES);
    }

    private static boolean read(AddAcknowledgement stored, ByteBuf frame) {
        return stored.read(frame, frame.readerIndex(), frame.writerIndex());
    }

    private static BookieResponse decoded(Generation generation, AddAcknowledgement stored) {
        return new BookieResponse.Add(
                header(generation, stored.txnId()), Status.OK, stored.ledgerId(), stored.entryId());
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void bothWaysReadTheSame(Generation generation) throws MalformedFrameException {
        long seed = System.nanoTime();
        System.out.println("acknowledgements: seed " + seed);
        Random random = new Random(seed);
        AddAcknowledgement stored = AddAcknowledgement.of(generation);
        for (int round = 0; round < ROUNDS; round++) {
            FrameHeader header = header(generation, random.nextLong() >>> random.nextInt(Long.SIZE));
            ByteBuf frame = frame(
                    header,
                    Status.OK,
                    random.nextLong() >>> random.nextInt(Long.SIZE),
                    random.nextLong() >> random.nextInt(Long.SIZE));
            assertThat(read(stored, frame)).as("seed %d", seed).isTrue();
            assertThat(decoded(generation, stored))
                    .as("seed %d", seed)
                    .isEqualTo(new ResponseDecoder(generation).decode(frame));
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void whatIsNoPlainSuccessIsLeftToTheLongWay(Generation generation) {
        AddAcknowledgement stored = AddAcknowledgement.of(generation);
        assertThat(read(stored, frame(header(generation, 7), Status.FENCED, 1, 2)))
                .isFalse();
        assertThat(read(stored, Unpooled.EMPTY_BUFFER)).isFalse();
    }

    @Test
    void theAnswerToAnotherOperationIsLeftToTheLongWay() {
        ByteBuf force = ResponseEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT,
                new BookieResponse.Force(FrameHeader.v3(Operation.FORCE, 7), Status.OK, 1));
        assertThat(read(AddAcknowledgement.of(Generation.V3), force.skipBytes(Integer.BYTES)))
                .isFalse();
    }

    /** Never another meaning than the long way finds, and never a byte behind the frame. */
    @ParameterizedTest
    @EnumSource(Generation.class)
    void damage(Generation generation) {
        long seed = System.nanoTime();
        System.out.println("damaged acknowledgements: seed " + seed);
        Random random = new Random(seed);
        AddAcknowledgement stored = AddAcknowledgement.of(generation);
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuf frame = frame(header(generation, random.nextInt(300)), Status.OK, 300, random.nextInt());
            int cut = random.nextInt(frame.readableBytes() + 1);
            ByteBuf damaged = random.nextBoolean() ? frame.slice(frame.readerIndex(), cut) : frame;
            if (damaged.isReadable()) {
                int index = damaged.readerIndex() + random.nextInt(damaged.readableBytes());
                damaged.setByte(index, random.nextInt());
            }
            if (read(stored, damaged)) {
                try {
                    assertThat(decoded(generation, stored))
                            .as("seed %d", seed)
                            .isEqualTo(new ResponseDecoder(generation).decode(damaged));
                } catch (MalformedFrameException e) {
                    throw new AssertionError("refused by the long way, seed " + seed, e);
                }
            }
        }
    }
}
