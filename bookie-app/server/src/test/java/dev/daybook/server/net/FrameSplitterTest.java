package dev.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {
    private static final int FRAME_BYTES_MAX = 1000;

    private int allowed = Integer.MAX_VALUE;
    private final List<String> cut = new ArrayList<>();
    private final FrameSplitter splitter = new FrameSplitter(FRAME_BYTES_MAX, UnpooledByteBufAllocator.DEFAULT);

    private final FrameSplitter.Receiver receiver = new FrameSplitter.Receiver() {
        @Override
        public void frame(ByteBuf frame) {
            cut.add(ByteBufUtil.hexDump(frame));
        }

        @Override
        public boolean mayGoOn() {
            return allowed-- > 0;
        }

        @Override
        public void badFrame(String what) {
            cut.add("bad");
        }
    };

    @Test
    void cutsTheSameFramesHoweverTheyArrive() {
        long seed = Long.getLong("daybook.frames.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<String> sent = new ArrayList<>();
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 500; i++) {
            byte[] frame = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : FRAME_BYTES_MAX - 4)];
            random.nextBytes(frame);
            sent.add(ByteBufUtil.hexDump(frame));
            stream.writeInt(frame.length).writeBytes(frame);
        }
        List<ByteBuf> reads = new ArrayList<>();
        while (stream.isReadable()) {
            int bytes = Math.min(stream.readableBytes(), 1 + random.nextInt(random.nextBoolean() ? 6 : 3000));
            ByteBuf read = stream.readBytes(bytes);
            reads.add(read);
            splitter.split(read, receiver);
            assertThat(splitter.keptBytes()).isLessThanOrEqualTo(2 * FRAME_BYTES_MAX);
        }
        assertThat(cut).as("replay with -Ddaybook.frames.seed=" + seed).isEqualTo(sent);
        assertThat(splitter.keptBytes()).isZero();
        assertThat(reads).allMatch(read -> read.refCnt() == 0);
    }

    @Test
    void afterALengthThatCannotBeNothingIsCut() {
        splitter.split(
                Unpooled.buffer()
                        .writeInt(1)
                        .writeByte(7)
                        .writeInt(997)
                        .writeInt(1)
                        .writeByte(8),
                receiver);
        splitter.split(Unpooled.buffer().writeInt(1).writeByte(9), receiver);
        assertThat(cut).containsExactly("07", "bad");
    }

    @Test
    void whatMayNotBeCutNowIsCutLater() {
        allowed = 1;
        ByteBuf read = Unpooled.buffer().writeInt(1).writeByte(1).writeInt(1).writeByte(2);
        splitter.split(read, receiver);
        splitter.split(Unpooled.buffer().writeInt(1).writeByte(3), receiver);
        assertThat(cut).containsExactly("01");
        assertThat(splitter.hasUncut()).isTrue();
        allowed = Integer.MAX_VALUE;
        splitter.resume(receiver);
        assertThat(cut).containsExactly("01", "02", "03");
        assertThat(splitter.hasUncut()).isFalse();
        assertThat(read.refCnt()).isZero();
    }

    @Test
    void aLengthAloneCostsLittleMemory() {
        splitter.split(Unpooled.buffer().writeInt(900).writeByte(1), receiver);
        assertThat(splitter.keptBytes()).isLessThan(300);
        splitter.close();
        assertThat(splitter.keptBytes()).isZero();
    }
}
