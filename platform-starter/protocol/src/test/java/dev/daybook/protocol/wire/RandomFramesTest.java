package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Random messages survive the trip; random damage is refused or read as a message, and nothing leaks. */
class RandomFramesTest {
    /** Change with -Ddaybook.test.seed=N; every failure names it. */
    private static final long SEED = Long.getLong("daybook.test.seed", 20_240_611L);

    private static final int MESSAGES = 4000;
    private static final int DAMAGED_FRAMES = 60_000;

    @Test
    void requestsSurviveTheTrip() throws MalformedFrameException {
        RandomMessages messages = new RandomMessages(new Random(SEED));
        for (int round = 0; round < MESSAGES; round++) {
            BookieRequest sent = messages.request();
            String text = MessageText.of(sent);
            List<ByteBuf> bodies = Buffers.in(sent);
            ByteBuf frame = RequestEncoder.encode(UnpooledByteBufAllocator.DEFAULT, sent);
            assertThat(frame.readInt()).isEqualTo(frame.readableBytes());
            BookieRequest received = new RequestDecoder().decode(frame);
            assertThat(MessageText.of(received))
                    .as("seed %s, round %s", SEED, round)
                    .isEqualTo(text);
            assertNothingLeft(frame, Buffers.in(received), bodies);
        }
    }

    @Test
    void answersSurviveTheTrip() throws MalformedFrameException {
        RandomMessages messages = new RandomMessages(new Random(SEED));
        for (int round = 0; round < MESSAGES; round++) {
            BookieResponse sent = messages.response();
            String text = MessageText.of(sent);
            List<ByteBuf> bodies = Buffers.in(sent);
            ByteBuf frame = ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, sent);
            assertThat(frame.readInt()).isEqualTo(frame.readableBytes());
            BookieResponse received = new ResponseDecoder(sent.header().generation()).decode(frame);
            assertThat(MessageText.of(received))
                    .as("seed %s, round %s", SEED, round)
                    .isEqualTo(text);
            assertNothingLeft(frame, Buffers.in(received), bodies);
        }
    }

    private static void assertNothingLeft(ByteBuf frame, List<ByteBuf> received, List<ByteBuf> sent) {
        received.forEach(ByteBuf::release);
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
        assertThat(sent).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void damagedRequestsAreMessagesOrRefused() {
        Random random = new Random(SEED);
        List<byte[]> valid = recordedMessages("v3-request-frames.json", "v2-frames.json");
        for (int round = 0; round < DAMAGED_FRAMES; round++) {
            RequestDecoder decoder = new RequestDecoder();
            ByteBuf damaged = damage(random, valid);
            String hex = ByteBufUtil.hexDump(damaged);
            try {
                Buffers.release(decoder.decode(damaged));
            } catch (MalformedFrameException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + " made of " + hex, e);
            }
            assertThat(damaged.refCnt()).as(hex).isEqualTo(1);
            damaged.release();
        }
    }

    @Test
    void damagedAnswersAreMessagesOrRefused() {
        Random random = new Random(SEED);
        List<byte[]> valid = recordedMessages("v3-response-frames.json", "v2-frames.json");
        for (int round = 0; round < DAMAGED_FRAMES; round++) {
            Generation generation = random.nextBoolean() ? Generation.V2 : Generation.V3;
            ByteBuf damaged = damage(random, valid);
            String hex = ByteBufUtil.hexDump(damaged);
            try {
                Buffers.release(new ResponseDecoder(generation).decode(damaged));
            } catch (MalformedFrameException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + " made of " + hex, e);
            }
            assertThat(damaged.refCnt()).as(hex).isEqualTo(1);
            damaged.release();
        }
    }

    private static List<byte[]> recordedMessages(String... files) {
        List<byte[]> messages = new ArrayList<>();
        for (String file : files) {
            for (JsonNode vector : Vectors.list(file)) {
                messages.add(ByteBufUtil.getBytes(Vectors.message(Vectors.text(vector, "frameHex"))));
            }
        }
        return messages;
    }

    /** A recorded message with bytes changed, cut off, doubled or moved. */
    private static ByteBuf damage(Random random, List<byte[]> valid) {
        byte[] message = valid.get(random.nextInt(valid.size())).clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int index = random.nextInt(message.length);
            message[index] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (message[index] ^ 1 << random.nextInt(8));
        }
        int start = random.nextInt(message.length);
        int length = random.nextInt(message.length - start + 1);
        ByteBuf damaged = Unpooled.buffer();
        switch (random.nextInt(4)) {
            case 0 -> damaged.writeBytes(message, 0, start);
            case 1 -> damaged.writeBytes(message).writeBytes(message, start, length);
            case 2 ->
                damaged.writeBytes(message, 0, start)
                        .writeBytes(message, start + length, message.length - start - length);
            default -> damaged.writeBytes(message);
        }
        return damaged;
    }
}
