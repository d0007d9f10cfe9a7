package dev.daybook.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.security.Certificates;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.AuthMessage;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.RequestEncoder;
import dev.daybook.protocol.wire.ResponseDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer's client sends START_TLS and its first token from two threads: the token may come before, after, or much later. */
class EarlyTokenTest {
    private static final String PLUGIN = "test";
    private static final BookieRequest START_TLS =
            new BookieRequest.StartTls(FrameHeader.v3(Operation.START_TLS, 1), true);

    @TempDir
    Path folder;

    private Certificates own;
    private NetServer server;

    @BeforeEach
    void serve() throws IOException {
        own = Certificates.make(folder, "bookie", "ip:127.0.0.1,dns:localhost");
        NetSecurity security =
                new NetSecurity(Optional.of(BookieTls.of(own.certificate(), own.key())), Optional.of(new TwoTokens()));
        server = NetServer.bind(NetConfig.of("127.0.0.1", 0).withSecurity(security), BookieMetrics.NONE);
        server.serve((request, reply) -> {
            throw new AssertionError("nothing gets in: " + request);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void behindStartTls() throws Exception {
        try (Peer peer = new Peer(server.port())) {
            send(peer, START_TLS);
            send(peer, token(2, "first"));
            logsInAfterTls(peer);
        }
    }

    @Test
    void aheadOfStartTls() throws Exception {
        try (Peer peer = new Peer(server.port())) {
            send(peer, token(2, "first"));
            send(peer, START_TLS);
            logsInAfterTls(peer);
        }
    }

    @Test
    void inOneWriteWithStartTls() throws Exception {
        try (Peer peer = new Peer(server.port())) {
            byte[] first = frame(token(2, "first"));
            byte[] both = Arrays.copyOf(first, first.length + frame(START_TLS).length);
            System.arraycopy(frame(START_TLS), 0, both, first.length, both.length - first.length);
            peer.send(both);
            logsInAfterTls(peer);
        }
    }

    /** The token is still in the client's buffer when the handshake flushes it. */
    @Test
    void inOneWriteWithTheHandshake() throws Exception {
        try (Peer peer = new Peer(server.port())) {
            send(peer, START_TLS);
            assertThat(peer.receive().map(EarlyTokenTest::response)).contains(startTlsIsFine());
            SSLEngine engine = trusting(own).createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer both = ByteBuffer.allocate(64 << 10).put(frame(token(2, "first")));
            engine.wrap(ByteBuffer.allocate(0), both);
            peer.send(Arrays.copyOf(both.array(), both.position()));
            assertThat(peer.receiveByte()).as("a TLS handshake record").isEqualTo(22);
        }
    }

    /** The answer to START_TLS is on its way, or has arrived unread. */
    @Test
    void afterTheAnswerToStartTls() throws Exception {
        try (Peer peer = new Peer(server.port())) {
            send(peer, START_TLS);
            assertThat(peer.receive().map(EarlyTokenTest::response)).contains(startTlsIsFine());
            byte[] first = frame(token(2, "first"));
            peer.send(Arrays.copyOf(first, 3)); // In pieces, as a network may deliver it.
            peer.send(Arrays.copyOfRange(first, 3, first.length));
            encryptAndLogIn(peer);
        }
    }

    @Test
    void whoDoesNotBeginTlsIsTold() throws IOException {
        try (Peer peer = new Peer(server.port())) {
            send(peer, token(2, "first"));
            assertThat(peer.receive().map(EarlyTokenTest::response))
                    .contains(new BookieResponse.Auth(
                            FrameHeader.v3(Operation.AUTH, 2), Status.UNAUTHORIZED, Optional.empty()));
            assertThat(peer.receive()).isEmpty();
        }
    }

    @Test
    void oneTokenMayWaitAndNothingElse() throws IOException {
        BookieRequest lac = new BookieRequest.ReadLac(FrameHeader.v3(Operation.READ_LAC, 3), 1);
        for (BookieRequest second : List.of(token(3, "second"), lac)) {
            try (Peer peer = new Peer(server.port())) {
                send(peer, START_TLS);
                send(peer, token(2, "first"));
                send(peer, second);
                assertThat(peer.receive().map(EarlyTokenTest::response)).contains(startTlsIsFine());
                assertThat(peer.receive().map(EarlyTokenTest::response)).hasValueSatisfying(answer -> {
                    assertThat(answer.header().txnId()).isEqualTo(3);
                    assertThat(answer.status()).isEqualTo(Status.UNAUTHORIZED);
                });
                assertThat(peer.receive()).isEmpty();
            }
        }
    }

    @Test
    void garbageAfterStartTlsEndsTheConnection() throws IOException {
        try (Peer peer = new Peer(server.port())) {
            send(peer, START_TLS);
            assertThat(peer.receive()).isPresent();
            peer.send("ffffffff00");
            assertThat(peer.receive()).isEmpty();
        }
    }

    private void logsInAfterTls(Peer peer) throws Exception {
        assertThat(peer.receive().map(EarlyTokenTest::response)).contains(startTlsIsFine());
        encryptAndLogIn(peer);
    }

    private void encryptAndLogIn(Peer peer) throws Exception {
        peer.beginTls(trusting(own));
        assertThat(answeredToken(peer, 2)).isEqualTo("go on");
        send(peer, token(4, "second"));
        assertThat(answeredToken(peer, 4)).isEqualTo("welcome");
    }

    private static String answeredToken(Peer peer, long txnId) throws IOException {
        BookieResponse.Auth auth = (BookieResponse.Auth) response(peer.receive().orElseThrow());
        assertThat(auth.header().txnId()).isEqualTo(txnId);
        assertThat(auth.status()).isEqualTo(Status.OK);
        return new String(auth.message().orElseThrow().payload(), UTF_8);
    }

    private static BookieResponse startTlsIsFine() {
        return new BookieResponse.StartTls(START_TLS.header(), Status.OK);
    }

    private static BookieRequest token(long txnId, String text) {
        return new BookieRequest.Auth(
                FrameHeader.v3(Operation.AUTH, txnId), Optional.of(new AuthMessage(PLUGIN, text.getBytes(UTF_8))));
    }

    private static void send(Peer peer, BookieRequest request) throws IOException {
        peer.send(frame(request));
    }

    private static byte[] frame(BookieRequest request) {
        ByteBuf frame = RequestEncoder.encode(UnpooledByteBufAllocator.DEFAULT, request);
        try {
            return ByteBufUtil.getBytes(frame);
        } finally {
            frame.release();
        }
    }

    private static BookieResponse response(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return new ResponseDecoder(Generation.V3)
                    .decode(Unpooled.wrappedBuffer(bytes, Integer.BYTES, bytes.length - Integer.BYTES));
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext trusting(Certificates bookie) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(bookie.certificate())) {
            trusted.setCertificateEntry(
                    "bookie", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Asks for two tokens, neither of them a secret. */
    private static final class TwoTokens implements Authentication {
        @Override
        public String plugin() {
            return PLUGIN;
        }

        @Override
        public boolean needsTls() {
            return false;
        }

        @Override
        public Exchange begin() {
            return token -> switch (new String(token, UTF_8)) {
                case "first" -> Verdict.goOn("go on".getBytes(UTF_8));
                case "second" -> Verdict.accepted("welcome".getBytes(UTF_8), "alice");
                default -> Verdict.refused();
            };
        }
    }
}
