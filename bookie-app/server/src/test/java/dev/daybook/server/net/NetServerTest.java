package dev.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestEncoder;
import dev.daybook.server.shard.RequestHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetServerTest {
    /** The v2 read of entry 0 of ledger 42 and what {@link #OK} answers. */
    private static final String READ = "0000001402020000000000000000002a0000000000000000";

    private static final RequestHandler OK = (request, reply) -> {
        BookieRequest.Read read = (BookieRequest.Read) request;
        reply.accept(found(read, Unpooled.EMPTY_BUFFER));
    };

    private NetServer server = serving(NetConfig.of("127.0.0.1", 0), OK);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPortThatIsTakenIsAnIoException() {
        assertThatThrownBy(() -> NetServer.bind(NetConfig.of("127.0.0.1", server.port()), BookieMetrics.NONE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void connectionsAreClosedOnArrivalUntilThereIsABookie() throws IOException {
        try (NetServer early = NetServer.bind(NetConfig.of("127.0.0.1", 0), BookieMetrics.NONE);
                Peer peer = new Peer(early.port())) {
            assertThat(peer.receive()).isEmpty();
        }
    }

    @Test
    void garbageClosesOnlyItsOwnConnection() throws IOException {
        try (Peer good = new Peer(server.port());
                Peer bad = new Peer(server.port())) {
            good.send(READ);
            assertThat(good.receive()).isPresent();
            bad.send("00000008ffffffffffffffff");
            assertThat(bad.receive()).isEmpty();
            good.send(READ);
            assertThat(good.receive()).isPresent();
        }
    }

    @Test
    void lengthsThatCannotBeCloseTheConnection() throws IOException {
        for (String length : List.of("00000000", "ffffffff", "80000000", "004ffffd")) {
            try (Peer peer = new Peer(server.port())) {
                peer.send(length);
                assertThat(peer.receive()).as(length).isEmpty();
            }
        }
    }

    @Test
    void aFrameMayArriveByteByByteAndSeveralMayArriveTogether() throws IOException {
        try (Peer peer = new Peer(server.port())) {
            for (int i = 0; i < READ.length(); i += 2) {
                peer.send(READ.substring(i, i + 2));
            }
            peer.send(READ + READ + READ);
            for (int i = 0; i < 4; i++) {
                assertThat(peer.receive()).isPresent();
            }
        }
    }

    @Test
    void answersAtTheDoorWhatNeedsNoBookie() throws IOException {
        try (Peer peer = new Peer(server.port())) {
            peer.send("000000160a070803100518e807b2060a0a047361736c12020102");
            assertThat(peer.receive())
                    .contains("000000240a070803100518e8071000b206160a124175746844697361626c6564506c7567696e1200");
            peer.send("0000000c0a070803100918ea07d20600");
            assertThat(peer.receive()).contains("0000000c0a070803100918ea07109403");
            peer.send("000000090a070803100318c008");
            assertThat(peer.receive()).contains("0000000c0a070803100318c008109403");
        }
    }

    @Test
    void aConnectionIsNotReadWhileItHoldsTooMuch() throws IOException {
        server.close();
        Holding bookie = new Holding();
        server = serving(
                NetConfig.of("127.0.0.1", 0).withMaxFrameBytes(64 * 1024).withBytesInFlight(65_536, 1 << 20), bookie);
        byte[] add = add(8 * 1024);
        int sent = 2_000;
        try (Peer peer = new Peer(server.port())) {
            Thread writer = new Thread(() -> sendAll(peer, add, sent));
            writer.start();
            Eventually.holds("the cap is reached", () -> bookie.held.size() * (long) add.length > 65_536);
            // What was read in the same burst is accepted as well; sixteen megabytes are not.
            assertThat(bookie.held.size()).isLessThan(sent / 2);
            bookie.answerFromNowOn();
            for (int i = 0; i < sent; i++) {
                assertThat(peer.receive()).isPresent();
            }
        }
    }

    @Test
    void aFullBookieStopsAllConnectionsAndWakesThemAgain() throws IOException {
        server.close();
        Holding bookie = new Holding();
        server = serving(
                NetConfig.of("127.0.0.1", 0).withMaxFrameBytes(64 * 1024).withBytesInFlight(65_536, 65_536), bookie);
        byte[] add = add(16 * 1024);
        int each = 200;
        try (Peer first = new Peer(server.port());
                Peer second = new Peer(server.port())) {
            new Thread(() -> sendAll(first, add, each)).start();
            new Thread(() -> sendAll(second, add, each)).start();
            Eventually.holds("the cap is reached", () -> bookie.held.size() * (long) add.length > 65_536);
            bookie.answerFromNowOn();
            for (int i = 0; i < each; i++) {
                assertThat(first.receive()).isPresent();
                assertThat(second.receive()).isPresent();
            }
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsNotReadEither() throws IOException {
        server.close();
        byte[] entry = new byte[64 * 1024];
        CopyOnWriteArrayList<Long> asked = new CopyOnWriteArrayList<>();
        server = serving(NetConfig.of("127.0.0.1", 0), (request, reply) -> {
            asked.add(request.header().txnId());
            reply.accept(found((BookieRequest.Read) request, Unpooled.wrappedBuffer(entry)));
        });
        int sent = 2_000;
        try (Peer peer = new Peer(server.port())) {
            Thread writer = new Thread(() -> sendAll(peer, HexFormat.of().parseHex(READ), sent));
            writer.start();
            Eventually.holds("something was asked", () -> !asked.isEmpty());
            for (int i = 0; i < sent; i++) {
                assertThat(peer.receive()).isPresent();
            }
        }
        assertThat(asked).hasSize(sent);
    }

    @Test
    void readsAreHeldBackBeforeTheirAnswersFillTheMemory() throws IOException {
        server.close();
        Holding bookie = new Holding();
        server = serving(
                NetConfig.of("127.0.0.1", 0).withMaxFrameBytes(64 * 1024).withBytesInFlight(1 << 20, 1 << 20), bookie);
        int sent = 20_000;
        try (Peer peer = new Peer(server.port())) {
            new Thread(() -> sendAll(peer, HexFormat.of().parseHex(READ), sent)).start();
            Eventually.holds("the cap is reached", () -> server.bytesInFlight() > 1 << 20);
            assertThat(bookie.held.size()).isLessThan(sent);
            bookie.answerFromNowOn();
            for (int i = 0; i < sent; i++) {
                assertThat(peer.receive()).isPresent();
            }
        }
        Eventually.holds("nothing is charged any more", () -> server.bytesInFlight() == 0);
    }

    @Test
    void answersToAConnectionThatIsGoneAreReleased() throws IOException {
        server.close();
        Holding bookie = new Holding();
        server = serving(NetConfig.of("127.0.0.1", 0), bookie);
        ByteBuf entry = Unpooled.wrappedBuffer(new byte[10]);
        try (Peer peer = new Peer(server.port())) {
            peer.send(READ);
            Eventually.holds("the read arrived", () -> bookie.held.size() == 1);
        }
        Eventually.holds("the connection is gone", () -> server.connectionCount() == 0);
        Holding.Held held = bookie.held.get(0);
        held.reply().accept(found((BookieRequest.Read) held.request(), entry));
        Eventually.holds("the entry was released", () -> entry.refCnt() == 0);
    }

    @Test
    void framesThatAreNotWholeCannotUseUpAllMemoryTogether() throws IOException {
        server.close();
        Holding bookie = new Holding();
        bookie.answerFromNowOn();
        server = serving(
                NetConfig.of("127.0.0.1", 0).withMaxFrameBytes(64 * 1024).withBytesInFlight(65_536, 100_000), bookie);
        byte[] add = add(60 * 1024);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Peer peer = new Peer(server.port());
            peers.add(peer);
            peer.send(Arrays.copyOf(add, 10_000));
        }
        Eventually.holds("the cap is reached", () -> server.bytesInFlight() > 100_000);
        for (Peer peer : peers) {
            new Thread(() -> sendAll(peer, Arrays.copyOfRange(add, 10_000, add.length), 1)).start();
        }
        for (Peer peer : peers) {
            assertThat(peer.receive()).isPresent();
            peer.close();
        }
        Eventually.holds("everything is given back", () -> server.bytesInFlight() == 0);
    }

    @Test
    void aPeerThatKeepsMemoryFromOthersAndDoesNothingIsClosed() throws IOException {
        server.close();
        byte[] entry = new byte[64 * 1024];
        server = serving(
                NetConfig.of("127.0.0.1", 0)
                        .withMaxFrameBytes(64 * 1024)
                        .withBytesInFlight(1 << 20, 1 << 20)
                        .withStallMillis(200),
                (request, reply) -> reply.accept(found((BookieRequest.Read) request, Unpooled.wrappedBuffer(entry))));
        try (Peer slow = new Peer(server.port());
                Peer other = new Peer(server.port())) {
            new Thread(() -> sendUntilClosed(slow, HexFormat.of().parseHex(READ))).start();
            Eventually.holds("the slow one has filled everything", () -> server.bytesInFlight() > 1 << 20);
            Eventually.holds("the slow one is gone", () -> server.connectionCount() == 1);
            other.send(READ);
            assertThat(other.receive()).isPresent();
        }
        Eventually.holds("everything is given back", () -> server.bytesInFlight() == 0);
    }

    private static void sendUntilClosed(Peer peer, byte[] frame) {
        try {
            while (true) {
                peer.send(frame);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private static NetServer serving(NetConfig config, RequestHandler bookie) {
        try {
            NetServer server = NetServer.bind(config, BookieMetrics.NONE);
            server.serve(bookie);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] add(int bodyBytes) {
        BookieRequest.Add add = new BookieRequest.Add(
                FrameHeader.v2(Operation.ADD),
                1,
                0,
                new byte[20],
                Unpooled.wrappedBuffer(new byte[bodyBytes]),
                false,
                0);
        ByteBuf frame = RequestEncoder.encode(UnpooledByteBufAllocator.DEFAULT, add);
        byte[] bytes = ByteBufUtil.getBytes(frame);
        frame.release();
        return bytes;
    }

    private static void sendAll(Peer peer, byte[] frame, int count) {
        try {
            for (int i = 0; i < count; i++) {
                peer.send(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BookieResponse found(BookieRequest.Read read, ByteBuf body) {
        return new BookieResponse.Read(
                read.header().forAnswer(),
                Status.OK,
                read.ledgerId(),
                read.entryId(),
                Optional.of(body),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** A bookie that keeps its answers back until it is told to give them. */
    private static final class Holding implements RequestHandler {
        private final CopyOnWriteArrayList<Held> held = new CopyOnWriteArrayList<>();
        private boolean answering;

        @Override
        public synchronized void execute(BookieRequest request, Consumer<BookieResponse> reply) {
            if (request instanceof BookieRequest.Add add) {
                add.body().release();
            }
            held.add(new Held(request, reply));
            if (answering) {
                answer(request, reply);
            }
        }

        synchronized void answerFromNowOn() {
            answering = true;
            held.forEach(one -> answer(one.request(), one.reply()));
        }

        private static void answer(BookieRequest request, Consumer<BookieResponse> reply) {
            if (request instanceof BookieRequest.Read read) {
                reply.accept(found(read, Unpooled.wrappedBuffer(new byte[10])));
                return;
            }
            BookieRequest.Add add = (BookieRequest.Add) request;
            reply.accept(new BookieResponse.Add(add.header().forAnswer(), Status.OK, add.ledgerId(), add.entryId()));
        }

        record Held(BookieRequest request, Consumer<BookieResponse> reply) {}
    }
}
