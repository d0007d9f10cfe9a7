package dev.daybook.client.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.AddAcknowledgement;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.ResponseDecoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the network cuts the stream, every answer is heard once, whole and in its place. */
class AnswerReaderTest {
    private static final int MAX_FRAME_BYTES = 1024;
    private static final int ROUNDS = 200;
    private static final int ANSWERS = 60;

    /** What was heard, whichever way it came. */
    private final List<String> heard = new ArrayList<>();

    private boolean open = true;

    private EmbeddedChannel channel(Generation generation) {
        AnswerReader.Listener listener = new AnswerReader.Listener() {
            @Override
            public boolean isOpen(Channel channel) {
                return open;
            }

            @Override
            public void onStored(AddAcknowledgement stored) {
                heard.add("short " + stored.ledgerId() + "/" + stored.entryId() + " OK");
            }
        };
        ResponseDecoder decoder = new ResponseDecoder(generation);
        return new EmbeddedChannel(
                new AnswerReader(listener, generation, MAX_FRAME_BYTES), new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame)
                            throws MalformedFrameException {
                        BookieResponse.Add add = (BookieResponse.Add) decoder.decode(frame);
                        heard.add("long " + add.ledgerId() + "/" + add.entryId() + " " + add.status());
                    }
                });
    }

    private static ByteBuf answer(Generation generation, Status status, long entryId) {
        FrameHeader header =
                generation == Generation.V2 ? FrameHeader.v2(Operation.ADD) : FrameHeader.v3(Operation.ADD, entryId);
        return ResponseEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT, new BookieResponse.Add(header, status, 7, entryId));
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aStreamCutAnywhere(Generation generation) {
        long seed = System.nanoTime();
        System.out.println("stream of answers: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            heard.clear();
            List<String> said = new ArrayList<>();
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < ANSWERS; i++) {
                Status status = random.nextInt(4) == 0 ? Status.FENCED : Status.OK;
                long entryId = random.nextLong() >>> random.nextInt(1, Long.SIZE);
                ByteBuf answer = answer(generation, status, entryId);
                stream.writeBytes(answer);
                answer.release();
                said.add((status == Status.OK ? "short 7/" : "long 7/") + entryId + " " + status);
            }
            EmbeddedChannel channel = channel(generation);
            while (stream.isReadable()) {
                channel.writeInbound(stream.readBytes(Math.min(stream.readableBytes(), 1 + random.nextInt(90))));
            }
            assertThat(heard).as("seed %d", seed).isEqualTo(said);
            channel.finishAndReleaseAll();
        }
    }

    /** Before the channel is secured nobody's word counts as an acknowledgement. */
    @ParameterizedTest
    @EnumSource(Generation.class)
    void aChannelThatIsNotOpenYetPassesEverythingOn(Generation generation) {
        open = false;
        EmbeddedChannel channel = channel(generation);
        channel.writeInbound(answer(generation, Status.OK, 3));
        open = true;
        channel.writeInbound(answer(generation, Status.OK, 4));
        assertThat(heard).containsExactly("long 7/3 OK", "short 7/4 OK");
        channel.finishAndReleaseAll();
    }

    @Test
    void aFrameThatIsTooLongIsRefusedBeforeItHasCome() {
        EmbeddedChannel channel = channel(Generation.V3);
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(MAX_FRAME_BYTES - 3)))
                .isInstanceOf(TooLongFrameException.class)
                .hasMessageContaining("1021 bytes")
                .hasMessageContaining("daybook.client.max-frame-bytes");
        EmbeddedChannel negative = channel(Generation.V3);
        assertThatThrownBy(() -> negative.writeInbound(Unpooled.buffer().writeInt(-1)))
                .isInstanceOf(TooLongFrameException.class);
    }
}
