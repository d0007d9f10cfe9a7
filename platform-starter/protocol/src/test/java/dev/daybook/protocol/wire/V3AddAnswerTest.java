package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way of reading the answer to an add against the long one. */
class V3AddAnswerTest {
    private static final int ROUNDS = 20_000;

    private static ByteBuf frame(FrameHeader header, Status status, long ledgerId, long entryId) {
        ByteBuf frame = ResponseEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT, new BookieResponse.Add(header, status, ledgerId, entryId));
        return frame.skipBytes(Integer.BYTES);
    }

    @Test
    void bothWaysReadTheSame() throws MalformedFrameException {
        long seed = System.nanoTime();
        System.out.println("answers to adds: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            FrameHeader header = FrameHeader.v3(Operation.ADD, random.nextLong() >>> random.nextInt(Long.SIZE));
            ByteBuf frame = frame(
                    header,
                    Status.OK,
                    random.nextLong() >>> random.nextInt(Long.SIZE),
                    random.nextLong() >> random.nextInt(Long.SIZE));
            BookieResponse.Add quick = V3AddAnswer.tryRead(frame);
            assertThat(quick).as("seed %d", seed).isNotNull().isEqualTo(V3ResponseReader.readAny(frame));
        }
    }

    @Test
    void whatIsNoPlainSuccessIsLeftToTheLongWay() {
        FrameHeader header = FrameHeader.v3(Operation.ADD, 7);
        assertThat(V3AddAnswer.tryRead(frame(header, Status.FENCED, 1, 2))).isNull();
        assertThat(V3AddAnswer.tryRead(Unpooled.EMPTY_BUFFER)).isNull();
        ByteBuf force = ResponseEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT,
                new BookieResponse.Force(FrameHeader.v3(Operation.FORCE, 7), Status.OK, 1));
        assertThat(V3AddAnswer.tryRead(force.skipBytes(Integer.BYTES))).isNull();
    }

    /** Never another meaning than the long way finds. */
    @Test
    void damage() {
        long seed = System.nanoTime();
        System.out.println("damaged answers to adds: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuf frame = frame(FrameHeader.v3(Operation.ADD, random.nextInt(300)), Status.OK, 300, random.nextInt());
            int cut = random.nextInt(frame.readableBytes() + 1);
            ByteBuf damaged = random.nextBoolean() ? frame.slice(frame.readerIndex(), cut) : frame;
            if (damaged.isReadable()) {
                int index = damaged.readerIndex() + random.nextInt(damaged.readableBytes());
                damaged.setByte(index, random.nextInt());
            }
            BookieResponse.Add quick = V3AddAnswer.tryRead(damaged);
            if (quick != null) {
                try {
                    assertThat(quick).as("seed %d", seed).isEqualTo(V3ResponseReader.readAny(damaged));
                } catch (MalformedFrameException e) {
                    throw new AssertionError("refused by the long way, seed " + seed, e);
                }
            }
        }
    }
}
