package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Performs what the {@link Door} of one connection decides, on its event loop. */
final class Doorway {
    /** The connection, as far as it has to do with its door. */
    interface Host {
        /** Sends an answer in its turn. */
        void answer(BookieResponse answer);

        /** Sends the answers whose turn has come, unless {@link Doorway#isHandshaking()}. */
        void sendAnswers();

        /** Sends an answer at once and before all that wait. */
        void sendNow(BookieResponse answer);

        void refuse(String what);
    }

    /** How long a token waits for START_TLS before its sender is told that clear text is not spoken here. */
    private static final long EARLY_TOKEN_MILLIS = 2_000;

    private static final long HANDSHAKE_MILLIS = 10_000;

    private final Channel channel;
    private final Surroundings shared;
    private final Host host;
    private final Door door;
    private @Nullable ScheduledFuture<?> patience;
    private boolean handshaking;

    Doorway(Channel channel, Surroundings shared, Host host) {
        this.channel = channel;
        this.shared = shared;
        this.host = host;
        this.door = new Door(shared.config().security());
    }

    /** Whether the request goes on to the bookie; otherwise it has been dealt with. Its buffers stay the caller's. */
    boolean admits(BookieRequest request) {
        Door.Verdict verdict = door.decide(request);
        if (verdict.way() == Door.Way.IN) {
            return true;
        }
        perform(verdict);
        return false;
    }

    /** Between START_TLS and the end of the handshake nothing may be sent: the peer would take clear text for TLS. */
    boolean isHandshaking() {
        return handshaking;
    }

    private void perform(Door.Verdict verdict) {
        switch (verdict.way()) {
            case ANSWERED -> host.answer(verdict.answer().orElseThrow());
            case WAIT -> waitForTls();
            case TLS -> beginTls(verdict.answer().orElseThrow());
            default -> showOut(verdict);
        }
    }

    private void beginTls(BookieResponse answer) {
        host.sendAnswers();
        host.sendNow(answer);
        handshaking = true;
        channel.pipeline()
                .addFirst(new TlsBeginning(
                        () -> shared.tls().orElseThrow().current().newHandler(channel.alloc())));
        waitAtMost(HANDSHAKE_MILLIS);
    }

    void handshakeEnded(SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
            host.refuse("a TLS handshake that failed: " + handshake.cause().getMessage());
            return;
        }
        stopWaiting();
        handshaking = false;
        door.onEncrypted().ifPresent(this::perform);
    }

    private void showOut(Door.Verdict verdict) {
        verdict.answer().ifPresent(host::sendNow);
        channel.config().setOption(ChannelOption.SO_LINGER, -1); // The answer shall arrive before the end does.
        host.refuse("a request that is not allowed on this connection, see daybook.bookie.tls and daybook.bookie.auth");
    }

    private void waitForTls() {
        if (!handshaking) {
            waitAtMost(EARLY_TOKEN_MILLIS);
        }
    }

    private void waitAtMost(long millis) {
        stopWaiting();
        patience = channel.eventLoop().schedule(this::onPatienceEnded, millis, TimeUnit.MILLISECONDS);
    }

    private void onPatienceEnded() {
        if (handshaking) {
            host.refuse("START_TLS and no TLS handshake");
        } else {
            door.onTlsNotBegun().ifPresent(this::showOut);
        }
    }

    /** No more is expected of the peer. */
    void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }
}
