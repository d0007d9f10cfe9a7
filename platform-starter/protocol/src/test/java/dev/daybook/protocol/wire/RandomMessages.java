package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of every kind that can be sent, with values of every size. */
final class RandomMessages {
    /** Short, and longer than what an encoder copies. */
    private static final int BODY_BYTES_MAX = 6000;

    private static final List<Status> STATUSES = List.of(Status.values());

    private final Random random;

    RandomMessages(Random random) {
        this.random = random;
    }

    BookieRequest request() {
        return oneOf(List.of(
                () -> new BookieRequest.Add(
                        v3(Operation.ADD), id(), id(), bytes(20), body(), flip(), random.nextInt(4) - 1),
                this::v2Add,
                this::v3Read,
                () -> {
                    boolean fence = flip();
                    return new BookieRequest.Read(
                            v2(Operation.READ), id(), id(), fence, v2Key(fence), Optional.empty());
                },
                () -> {
                    boolean fence = flip();
                    FrameHeader header =
                            new FrameHeader(Generation.V2, Operation.BATCH_READ, 2, id(), random.nextInt(2));
                    return new BookieRequest.BatchRead(header, id(), id(), random.nextInt(), id(), fence, v2Key(fence));
                },
                () -> new BookieRequest.WriteLac(
                        v3(Operation.WRITE_LAC), id(), id(), bytes(random.nextInt(30)), body()),
                () -> new BookieRequest.ReadLac(v3(Operation.READ_LAC), id()),
                () -> new BookieRequest.Force(v3(Operation.FORCE), id()),
                () -> new BookieRequest.BookieInfo(v3(Operation.BOOKIE_INFO), id()),
                () -> new BookieRequest.EntryList(v3(Operation.ENTRY_LIST), id()),
                () -> new BookieRequest.Auth(v3(Operation.AUTH), optional(this::token)),
                () -> new BookieRequest.Auth(v2(Operation.AUTH), Optional.of(token())),
                () -> new BookieRequest.StartTls(v3(Operation.START_TLS), flip()),
                () -> new BookieRequest.Unsupported(v3(Operation.RANGE_READ))));
    }

    private BookieRequest v2Add() {
        ByteBuf body = body();
        long ledgerId = id();
        long entryId = id();
        ByteBuf entry = Unpooled.buffer().writeLong(ledgerId).writeLong(entryId).writeBytes(body);
        body.release();
        return new BookieRequest.Add(v2(Operation.ADD), ledgerId, entryId, bytes(20), entry, flip(), 0);
    }

    private BookieRequest v3Read() {
        boolean fence = flip();
        return new BookieRequest.Read(
                v3(Operation.READ),
                id(),
                id(),
                fence,
                optional(() -> bytes(random.nextInt(30))),
                fence ? Optional.empty() : optional(() -> new BookieRequest.LongPoll(id(), number(), flip())));
    }

    BookieResponse response() {
        Status status = STATUSES.get(random.nextInt(STATUSES.size()));
        return oneOf(List.of(
                () -> new BookieResponse.Add(anyHeader(Operation.ADD), status, id(), id()),
                () -> v3ReadAnswer(status),
                () -> new BookieResponse.Read(
                        answerV2(Operation.READ, 0),
                        status,
                        id(),
                        id(),
                        status == Status.OK ? Optional.of(body()) : Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                () -> new BookieResponse.BatchRead(
                        answerV2(Operation.BATCH_READ, id()),
                        status,
                        id(),
                        id(),
                        status == Status.OK ? bodies() : List.of()),
                () -> new BookieResponse.WriteLac(v3(Operation.WRITE_LAC), status, id()),
                () -> new BookieResponse.ReadLac(
                        v3(Operation.READ_LAC), status, id(), optional(this::body), optional(this::body)),
                () -> new BookieResponse.Force(v3(Operation.FORCE), status, id()),
                () -> new BookieResponse.BookieInfo(v3(Operation.BOOKIE_INFO), status, number(), number()),
                () -> new BookieResponse.EntryList(
                        v3(Operation.ENTRY_LIST),
                        status,
                        id(),
                        status == Status.OK ? optional(() -> bytes(random.nextInt(99))) : Optional.empty()),
                () -> new BookieResponse.Auth(v3(Operation.AUTH), status, optional(this::token)),
                () -> new BookieResponse.Auth(answerV2(Operation.AUTH, 0), Status.OK, Optional.of(token())),
                () -> new BookieResponse.StartTls(v3(Operation.START_TLS), status),
                () -> new BookieResponse.Bare(v3(Operation.RANGE_ADD), Status.BAD_REQUEST)));
    }

    private BookieResponse v3ReadAnswer(Status status) {
        return new BookieResponse.Read(
                v3(Operation.READ),
                status,
                id(),
                id(),
                status == Status.OK ? optional(this::body) : Optional.empty(),
                number(),
                number());
    }

    private FrameHeader anyHeader(Operation operation) {
        return flip() ? v3(operation) : answerV2(operation, 0);
    }

    private FrameHeader v3(Operation operation) {
        return new FrameHeader(Generation.V3, operation, 1 + random.nextInt(3), id(), flip() ? 0 : random.nextInt());
    }

    private FrameHeader v2(Operation operation) {
        return FrameHeader.v2(operation).withPriority(random.nextInt(2));
    }

    private FrameHeader answerV2(Operation operation, long requestId) {
        return new FrameHeader(Generation.V2, operation, random.nextInt(256) - 128, requestId, 0);
    }

    private Optional<byte[]> v2Key(boolean fence) {
        return fence ? Optional.of(bytes(20)) : Optional.empty();
    }

    private AuthMessage token() {
        return new AuthMessage("plugin-é中".substring(random.nextInt(9)), bytes(random.nextInt(300)));
    }

    private List<ByteBuf> bodies() {
        List<ByteBuf> bodies = new ArrayList<>();
        for (int count = random.nextInt(6); count >= 0; count--) {
            bodies.add(body());
        }
        return List.copyOf(bodies);
    }

    private ByteBuf body() {
        int length = flip() ? random.nextInt(60) : random.nextInt(BODY_BYTES_MAX);
        ByteBuf body = flip() ? Unpooled.directBuffer(length) : Unpooled.buffer(length);
        return body.writeBytes(bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Numbers of every length that a varint can have. */
    private long id() {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private OptionalLong number() {
        return flip() ? OptionalLong.of(id()) : OptionalLong.empty();
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private <T> Optional<T> optional(Supplier<T> supplier) {
        return flip() ? Optional.of(supplier.get()) : Optional.empty();
    }

    private <T> T oneOf(List<Supplier<T>> suppliers) {
        return suppliers.get(random.nextInt(suppliers.size())).get();
    }
}
