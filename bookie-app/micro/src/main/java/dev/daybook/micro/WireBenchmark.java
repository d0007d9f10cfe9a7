package dev.daybook.micro;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestDecoder;
import dev.daybook.protocol.wire.RequestEncoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading an add and writing its answer, in both generations of the protocol. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private static final int LENGTH_BYTES = 4;
    private static final int ENTRY_BYTES = 1024 + 60;

    @Param({"V2", "V3"})
    Generation generation = Generation.V2;

    private final RequestDecoder decoder = new RequestDecoder();
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private BookieResponse answer = new BookieResponse.Add(FrameHeader.v2(Operation.ADD), Status.OK, 7, 11);

    @Setup
    public void encode() {
        FrameHeader header =
                generation == Generation.V2 ? FrameHeader.v2(Operation.ADD) : FrameHeader.v3(Operation.ADD, 123_456);
        ByteBuf body =
                Unpooled.directBuffer(ENTRY_BYTES).writeLong(7).writeLong(11).writeZero(ENTRY_BYTES - 16);
        ByteBuf whole = RequestEncoder.encode(
                PooledByteBufAllocator.DEFAULT, new BookieRequest.Add(header, 7, 11, new byte[20], body, false, 0));
        frame = whole.skipBytes(LENGTH_BYTES);
        answer = new BookieResponse.Add(header.forAnswer(), Status.OK, 7, 11);
    }

    @Benchmark
    public long decodeAdd() throws MalformedFrameException {
        ByteBuf view = frame.duplicate();
        BookieRequest.Add add = (BookieRequest.Add) decoder.decode(view);
        add.body().release();
        return add.entryId();
    }

    @Benchmark
    public int encodeAnswer() {
        ByteBuf encoded = ResponseEncoder.encode(PooledByteBufAllocator.DEFAULT, answer);
        int bytes = encoded.readableBytes();
        encoded.release();
        return bytes;
    }
}
