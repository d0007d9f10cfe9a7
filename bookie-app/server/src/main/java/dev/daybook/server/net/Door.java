package dev.daybook.server.net;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.AuthMessage;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides what concerns the connection and not the bookie: TLS, authentication, and operations that nobody performs. One for
 * each connection, on its event loop. Nothing passes before it is secured as the settings demand. Source: wire protocol,
 * sections 10.2 and 11.
 */
final class Door {
    /** What becomes of a request. */
    enum Way {
        /** It goes on to the bookie. */
        IN,
        ANSWERED,
        /** It is decided when the connection is encrypted, see {@link Door#onEncrypted()}. */
        WAIT,
        /** The answer is the last thing in clear text. */
        TLS,
        /** Nothing follows the answer, if there is one. */
        OUT
    }

    /** @param answer absent for {@link Way#IN} and {@link Way#WAIT} always, and for {@link Way#OUT} perhaps */
    record Verdict(Way way, Optional<BookieResponse> answer) {
        private static final Verdict IN = new Verdict(Way.IN, Optional.empty());
        private static final Verdict WAIT = new Verdict(Way.WAIT, Optional.empty());
        private static final Verdict OUT = new Verdict(Way.OUT, Optional.empty());

        private static Verdict of(Way way, BookieResponse answer) {
            return new Verdict(way, Optional.of(answer));
        }
    }

    private final boolean offersTls;
    private final boolean demandsTls;
    private final Optional<Authentication> authentication;
    private Authentication.@Nullable Exchange exchange;
    private BookieRequest.@Nullable Auth earlyToken;
    private boolean tlsHasBegun;
    private boolean encrypted;
    private boolean authenticated;

    Door(NetSecurity security) {
        this.offersTls = security.tls().isPresent();
        this.demandsTls = security.tls().filter(BookieTls::required).isPresent();
        this.authentication = security.authentication();
        this.authenticated = authentication.isEmpty();
    }

    /** The request's buffers stay the caller's. */
    Verdict decide(BookieRequest request) {
        FrameHeader asked = request.header();
        if (request instanceof BookieRequest.StartTls) {
            return startTls(asked);
        }
        boolean early = !encrypted && (demandsTls || tlsHasBegun);
        if (request instanceof BookieRequest.Auth auth && (!early || mayWait())) {
            return early ? keep(auth) : authenticate(auth);
        }
        if (early) {
            return refused(request, true);
        }
        if (!authenticated) {
            return refused(request, false);
        }
        if (request instanceof BookieRequest.Unsupported) {
            // Copies the header whole, priority included: wire protocol, section 4.3.
            return Verdict.of(Way.ANSWERED, new BookieResponse.Bare(asked, Status.BAD_REQUEST));
        }
        return Verdict.IN;
    }

    /** The handshake is done: what comes from now on nobody else has seen or made. Returns what waited for it. */
    Optional<Verdict> onEncrypted() {
        encrypted = true;
        Optional<Verdict> verdict = Optional.ofNullable(earlyToken).map(this::authenticate);
        earlyToken = null;
        return verdict;
    }

    /** What to do with a token that waits in vain, because its sender does not mean to begin TLS. */
    Optional<Verdict> onTlsNotBegun() {
        return tlsHasBegun ? Optional.empty() : Optional.ofNullable(earlyToken).map(token -> refused(token, true));
    }

    /**
     * The peer's client sends its first token at about the same time as START_TLS, in clear text and in either order: no harm in
     * one that is no secret, but the answer has to wait for the encryption that its receiver expects.
     */
    private boolean mayWait() {
        return earlyToken == null
                && authentication.filter(Authentication::needsTls).isEmpty();
    }

    private Verdict keep(BookieRequest.Auth auth) {
        earlyToken = auth;
        return Verdict.WAIT;
    }

    private Verdict startTls(FrameHeader asked) {
        if (!offersTls || tlsHasBegun) {
            // Without certificates START_TLS is one more operation that this server does not perform.
            return Verdict.of(Way.ANSWERED, new BookieResponse.Bare(asked.forAnswer(), Status.BAD_REQUEST));
        }
        tlsHasBegun = true;
        return Verdict.of(Way.TLS, new BookieResponse.StartTls(asked.forAnswer(), Status.OK));
    }

    private Verdict authenticate(BookieRequest.Auth auth) {
        FrameHeader asked = auth.header();
        boolean v3 = asked.generation() == Generation.V3;
        FrameHeader answered = v3 ? asked : FrameHeader.v2(Operation.AUTH);
        if (authenticated) {
            return Verdict.of(Way.ANSWERED, answer(answered, AuthMessage.DISABLED, new byte[0]));
        }
        Authentication way = authentication.orElseThrow();
        Optional<AuthMessage> message =
                auth.message().filter(token -> token.pluginName().equals(way.plugin()));
        if (message.isEmpty()) {
            return v3 ? Verdict.of(Way.ANSWERED, new BookieResponse.Bare(asked, Status.UNAUTHORIZED)) : Verdict.OUT;
        }
        if (exchange == null) {
            exchange = way.begin();
        }
        Authentication.Verdict verdict = exchange.onToken(message.get().payload());
        if (verdict.answer().isEmpty()) {
            return v3 ? Verdict.of(Way.OUT, new BookieResponse.Bare(asked, Status.UNAUTHORIZED)) : Verdict.OUT;
        }
        authenticated = verdict.user().isPresent();
        return Verdict.of(
                Way.ANSWERED, answer(answered, way.plugin(), verdict.answer().get()));
    }

    private static BookieResponse answer(FrameHeader header, String plugin, byte[] token) {
        return new BookieResponse.Auth(header, Status.OK, Optional.of(new AuthMessage(plugin, token)));
    }

    /** Says no without a word about the ledger. A peer that speaks clear text where it must not is shown out. */
    private static Verdict refused(BookieRequest request, boolean out) {
        FrameHeader asked = request.header();
        Way way = out ? Way.OUT : Way.ANSWERED;
        if (asked.generation() == Generation.V3) {
            return Verdict.of(way, new BookieResponse.Bare(asked, Status.UNAUTHORIZED));
        }
        if (request instanceof BookieRequest.Add add) {
            return Verdict.of(
                    way, new BookieResponse.Add(asked.forAnswer(), Status.UNAUTHORIZED, add.ledgerId(), add.entryId()));
        }
        if (request instanceof BookieRequest.Read read) {
            return Verdict.of(
                    way,
                    new BookieResponse.Read(
                            asked.forAnswer(),
                            Status.UNAUTHORIZED,
                            read.ledgerId(),
                            read.entryId(),
                            Optional.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty()));
        }
        if (request instanceof BookieRequest.BatchRead batch) {
            return Verdict.of(
                    way,
                    new BookieResponse.BatchRead(
                            asked.forAnswer(), Status.UNAUTHORIZED, batch.ledgerId(), batch.startEntryId(), List.of()));
        }
        return Verdict.OUT;
    }
}
