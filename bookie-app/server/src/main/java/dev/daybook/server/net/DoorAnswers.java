package dev.daybook.server.net;

import dev.daybook.protocol.wire.AuthMessage;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The answers that need no bookie: authentication, TLS, unknown operations and wrong versions. */
final class DoorAnswers {
    private static final int V3_VERSION = 3;
    private static final int V2_VERSION_MAX = 2;

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
        return speaksOurVersion(asked)
                ? Optional.empty()
                : Optional.of(refusal(request, asked.forAnswer(), Status.BAD_VERSION));
    }

    /** Wire protocol, section 13: v3 must say three; v2 packets of versions zero to two are equal. */
    private static boolean speaksOurVersion(FrameHeader header) {
        return header.generation() == Generation.V3
                ? header.version() == V3_VERSION
                : header.version() >= 0 && header.version() <= V2_VERSION_MAX;
    }

    /** Refusals keep the shape of the operation's answer and echo the ids of the request. */
    private static BookieResponse refusal(BookieRequest request, FrameHeader header, Status status) {
        if (request instanceof BookieRequest.Add add) {
            return new BookieResponse.Add(header, status, add.ledgerId(), add.entryId());
        }
        if (request instanceof BookieRequest.Read read) {
            return new BookieResponse.Read(
                    header,
                    status,
                    read.ledgerId(),
                    read.entryId(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());
        }
        if (request instanceof BookieRequest.BatchRead read) {
            return new BookieResponse.BatchRead(header, status, read.ledgerId(), read.startEntryId(), List.of());
        }
        if (request instanceof BookieRequest.WriteLac write) {
            return new BookieResponse.WriteLac(header, status, write.ledgerId());
        }
        if (request instanceof BookieRequest.ReadLac read) {
            return new BookieResponse.ReadLac(header, status, read.ledgerId(), Optional.empty(), Optional.empty());
        }
        if (request instanceof BookieRequest.Force force) {
            return new BookieResponse.Force(header, status, force.ledgerId());
        }
        if (request instanceof BookieRequest.EntryList list) {
            return new BookieResponse.EntryList(header, status, list.ledgerId(), Optional.empty());
        }
        if (request instanceof BookieRequest.BookieInfo) {
            return new BookieResponse.BookieInfo(header, status, OptionalLong.empty(), OptionalLong.empty());
        }
        return new BookieResponse.Bare(header, status);
    }
}
