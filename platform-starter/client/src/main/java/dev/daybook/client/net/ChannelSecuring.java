package dev.daybook.client.net;

import dev.daybook.client.security.ClientAuthentication;
import dev.daybook.client.security.ClientAuthentication.AuthenticationFailure;
import dev.daybook.client.security.ClientAuthentication.Exchange;
import dev.daybook.client.security.ClientAuthentication.Next;
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
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Secures a new channel before any request may use it: asks for TLS in clear text, shakes hands, then proves who the client
 * is. It takes the frames that belong to this and leaves the channel when all is done. Source: wire protocol, sections 10
 * and 11.
 */
final class ChannelSecuring extends ChannelInboundHandlerAdapter {
    /** Ids of requests count from 1. */
    private static final long TXN_ID = 0;

    /** No message of version 3 begins with such a byte: wire protocol, section 3.1. */
    private static final int V2_FIRST_BYTE_MAX = 7;

    /** Hears how it ended, once. */
    interface Listener {
        /** The bookie is told who the client is. */
        void onAuthenticating();

        void onConnected(Channel channel);

        void onConnectFailed(Throwable cause);
    }

    private enum State {
        ASKING_FOR_TLS,
        SHAKING_HANDS,
        AUTHENTICATING,
        ENDED
    }

    private final ChannelSecurity security;
    private final Generation generation;
    private final InetSocketAddress address;
    private final Listener listener;
    private final Channel channel;
    private State state = State.ASKING_FOR_TLS;
    private @Nullable Exchange exchange;
    private @Nullable Future<?> deadline;

    ChannelSecuring(
            Channel channel,
            ChannelSecurity security,
            Generation generation,
            InetSocketAddress address,
            Listener listener) {
        this.channel = channel;
        this.security = security;
        this.generation = generation;
        this.address = address;
        this.listener = listener;
    }

    /** The channel is connected. */
    void begin(long timeoutMillis) {
        deadline = channel.eventLoop()
                .schedule(
                        () -> fail(CallFailure.TIMEOUT, overdue(timeoutMillis), null),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
        if (security.usesTls()) {
            FrameHeader header = FrameHeader.v3(Operation.START_TLS, TXN_ID);
            send(new BookieRequest.StartTls(header, true));
        } else {
            authenticate();
        }
    }

    private String overdue(long timeoutMillis) {
        return state == State.AUTHENTICATING
                ? SecuringFailure.SILENCE
                : "TLS was not set up within " + timeoutMillis + " ms";
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A channel tells of failed writes by going inactive.
    private void send(BookieRequest request) {
        channel.writeAndFlush(RequestEncoder.encode(channel.alloc(), request));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf frame = (ByteBuf) message;
        try {
            BookieResponse response = new ResponseDecoder(generationOf(frame)).decode(frame);
            onResponse(response);
        } catch (MalformedFrameException e) {
            fail(CallFailure.MALFORMED, "it answered against the protocol (" + e.getMessage() + ")", e);
        } finally {
            frame.release();
        }
    }

    /**
     * The peer's bookie answers START_TLS a second time, in version 3 and inside of TLS, when it does not know the client
     * yet at the end of the handshake.
     */
    private Generation generationOf(ByteBuf frame) {
        boolean inV3 = frame.isReadable() && frame.getUnsignedByte(frame.readerIndex()) > V2_FIRST_BYTE_MAX;
        return state == State.ASKING_FOR_TLS || (security.usesTls() && inV3) ? Generation.V3 : generation;
    }

    private void onResponse(BookieResponse response) {
        if (state == State.ASKING_FOR_TLS) {
            onTlsAnswer(response);
        } else if (state == State.AUTHENTICATING && response instanceof BookieResponse.Auth auth) {
            onAuthAnswer(auth);
        } else if (state == State.AUTHENTICATING
                && response instanceof BookieResponse.Bare
                && response.header().operation() == Operation.AUTH) {
            refused();
        } else {
            ResponseBuffers.release(response);
        }
    }

    private void onTlsAnswer(BookieResponse response) {
        if (!(response instanceof BookieResponse.StartTls) || response.status() != Status.OK) {
            ResponseBuffers.release(response);
            fail(
                    CallFailure.TLS_FAILED,
                    "it does not offer TLS (" + response.status() + "); configure daybook.bookie.tls.* there",
                    null);
            return;
        }
        state = State.SHAKING_HANDS;
        channel.pipeline().addFirst(security.handler(channel.alloc(), address));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            if (shaken.isSuccess()) {
                authenticate();
            } else {
                fail(SecuringFailure.ofHandshake(shaken.cause()));
            }
        }
        context.fireUserEventTriggered(event);
    }

    private void authenticate() {
        Optional<ClientAuthentication> authentication = security.authentication();
        if (authentication.isEmpty()) {
            succeed();
            return;
        }
        state = State.AUTHENTICATING;
        listener.onAuthenticating();
        Exchange begun = authentication.get().begin();
        exchange = begun;
        sendToken(begun.first());
    }

    private void sendToken(byte[] token) {
        String plugin = security.authentication().orElseThrow().plugin();
        FrameHeader header =
                generation == Generation.V3 ? FrameHeader.v3(Operation.AUTH, TXN_ID) : FrameHeader.v2(Operation.AUTH);
        send(new BookieRequest.Auth(header, Optional.of(new AuthMessage(plugin, token))));
    }

    private void onAuthAnswer(BookieResponse.Auth answer) {
        Exchange begun = exchange;
        if (answer.status() != Status.OK || answer.message().isEmpty() || begun == null) {
            refused();
            return;
        }
        AuthMessage message = answer.message().get();
        if (message.pluginName().equals(AuthMessage.DISABLED)) {
            succeed(); // The bookie does not ask who its clients are.
            return;
        }
        try {
            Next next = begun.onAnswer(message.payload());
            next.token().ifPresent(this::sendToken);
            if (next.done()) {
                succeed();
            }
        } catch (AuthenticationFailure e) {
            fail(CallFailure.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private void refused() {
        fail(CallFailure.REFUSED, "it refused to authenticate this client; check daybook.auth.*", null);
    }

    private void succeed() {
        if (end()) {
            channel.pipeline().remove(this);
            listener.onConnected(channel);
        }
    }

    private void fail(CallFailure kind, String why, @Nullable Throwable cause) {
        fail(new SecuringFailure(kind, why, cause));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A close that fails leaves nothing to do.
    private void fail(SecuringFailure failure) {
        if (end()) {
            listener.onConnectFailed(failure);
            channel.close();
        }
    }

    private boolean end() {
        if (state == State.ENDED) {
            return false;
        }
        state = State.ENDED;
        if (deadline != null) {
            deadline.cancel(false);
        }
        return true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.AUTHENTICATING) {
            // The only way to say no in version 2.
            fail(
                    generation == Generation.V2 ? CallFailure.REFUSED : CallFailure.CONNECTION_LOST,
                    "it closed the connection instead of authenticating this client; check daybook.auth.*",
                    null);
        } else {
            fail(CallFailure.TLS_FAILED, "it closed the connection before it was secured", null);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(SecuringFailure.ofBrokenConnection(cause));
    }
}
