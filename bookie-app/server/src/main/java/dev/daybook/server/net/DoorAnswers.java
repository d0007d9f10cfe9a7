package dev.daybook.server.net;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.AuthMessage;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.Optional;

/**
 * The answers that concern the connection and not the bookie: authentication, TLS, and operations that nobody performs.
 * None of these requests carries a buffer.
 */
final class DoorAnswers {
    private DoorAnswers() {}

    /** @return empty if the request goes on to the bookie */
    static Optional<BookieResponse> answer(BookieRequest request) {
        FrameHeader asked = request.header();
        if (request instanceof BookieRequest.Auth) {
            AuthMessage disabled = new AuthMessage(AuthMessage.DISABLED, new byte[0]);
            FrameHeader answered = asked.generation() == Generation.V3 ? asked : FrameHeader.v2(Operation.AUTH);
            return Optional.of(new BookieResponse.Auth(answered, Status.OK, Optional.of(disabled)));
        }
        if (request instanceof BookieRequest.Unsupported) {
            // Copies the header whole, priority included: wire protocol, section 4.3.
            return Optional.of(new BookieResponse.Bare(asked, Status.BAD_REQUEST));
        }
        if (request instanceof BookieRequest.StartTls) {
            // Without a key store START_TLS is one more operation that this server does not perform.
            return Optional.of(new BookieResponse.Bare(asked.forAnswer(), Status.BAD_REQUEST));
        }
        return Optional.empty();
    }
}
