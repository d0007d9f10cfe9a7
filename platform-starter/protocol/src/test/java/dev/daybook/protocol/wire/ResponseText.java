package dev.daybook.protocol.wire;

import dev.daybook.protocol.digest.EntryHeader;
import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** Answers in the notation that the recordings use beside the bytes, so that what was decoded can be compared. */
final class ResponseText {
    private static final int GROUP_COUNT_OFFSET = 4;

    private ResponseText() {}

    static String of(BookieResponse response) {
        return response.header().generation() == Generation.V2 ? ofV2(response) : ofV3(response);
    }

    private static String ofV2(BookieResponse response) {
        int version = response.header().version();
        if (response instanceof BookieResponse.Auth auth) {
            return "v2 AUTH version=" + version + " " + ofToken(auth.message().orElseThrow());
        }
        String start = "v2 op=" + response.header().operation().v2Opcode() + " version=" + version + " rc="
                + response.status().v2Code();
        if (response instanceof BookieResponse.Add add) {
            return start + " ledgerId=" + add.ledgerId() + " entryId=" + add.entryId();
        }
        if (response instanceof BookieResponse.Read read) {
            return start + " ledgerId=" + read.ledgerId() + " entryId=" + read.entryId()
                    + read.body()
                            .map(body -> " body=" + body.readableBytes() + " bytes, entryId in body "
                                    + EntryHeader.entryId(body))
                            .orElse("");
        }
        BookieResponse.BatchRead batch = (BookieResponse.BatchRead) response;
        List<Long> ids = batch.entries().stream().map(EntryHeader::entryId).toList();
        return start + " ledgerId=" + batch.ledgerId() + " entryId=" + batch.startEntryId() + " requestId="
                + batch.header().txnId() + " entries=" + ids;
    }

    private static String ofV3(BookieResponse response) {
        String fields = fields(response);
        return "v3 op=" + name(response.header().operation()) + " txnId="
                + response.header().txnId() + " status=" + name(response.status())
                + (fields.isEmpty() ? "" : " " + fields);
    }

    private static String fields(BookieResponse response) {
        String status = "{status=" + name(response.status());
        if (response instanceof BookieResponse.Add add) {
            return "addResponse" + status + " ledgerId=" + add.ledgerId() + " entryId=" + add.entryId() + "}";
        }
        if (response instanceof BookieResponse.Read read) {
            return "readResponse" + status + " ledgerId=" + read.ledgerId() + " entryId=" + read.entryId()
                    + read.body().map(ResponseText::ofEntry).orElse("")
                    + (read.maxLac().isPresent() ? " maxLAC=" + read.maxLac().getAsLong() : "")
                    + (read.lacUpdateMillis().isPresent() ? " lacUpdateTimestamp=present" : "")
                    + "}";
        }
        if (response instanceof BookieResponse.WriteLac write) {
            return "writeLacResponse" + status + " ledgerId=" + write.ledgerId() + "}";
        }
        if (response instanceof BookieResponse.ReadLac read) {
            return "readLacResponse" + status + " ledgerId=" + read.ledgerId()
                    + read.lacBody()
                            .map(body -> " lacBody=" + ByteBufUtil.hexDump(body))
                            .orElse("")
                    + read.lastEntry()
                            .map(body -> " lastEntryBody=entry " + EntryHeader.entryId(body))
                            .orElse("")
                    + "}";
        }
        if (response instanceof BookieResponse.Force force) {
            return "forceLedgerResponse" + status + " ledgerId=" + force.ledgerId() + "}";
        }
        if (response instanceof BookieResponse.BookieInfo info) {
            return "getBookieInfoResponse" + status
                    + (info.totalDiskBytes().isPresent() ? " totalDiskCapacity=present" : "")
                    + (info.freeDiskBytes().isPresent() ? " freeDiskSpace=present" : "")
                    + "}";
        }
        if (response instanceof BookieResponse.EntryList list) {
            return "getListOfEntriesOfLedgerResponse" + status + " ledgerId=" + list.ledgerId()
                    + list.availability()
                            .map(bytes -> " availability=" + ByteBufUtil.hexDump(bytes, GROUP_COUNT_OFFSET, 4) + "...")
                            .orElse("")
                    + "}";
        }
        if (response instanceof BookieResponse.Auth auth && auth.message().isPresent()) {
            return "authResponse{" + ofToken(auth.message().get()) + "}";
        }
        boolean tlsAccepted = response instanceof BookieResponse.StartTls && response.status() == Status.OK;
        return tlsAccepted ? "startTLSResponse{}" : "";
    }

    private static String ofEntry(ByteBuf body) {
        return " body=" + body.readableBytes() + "B(entry " + EntryHeader.entryId(body) + ")";
    }

    private static String ofToken(AuthMessage message) {
        return "plugin=" + message.pluginName() + " payload=" + ByteBufUtil.hexDump(message.payload());
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case READ -> "READ_ENTRY";
            case ADD -> "ADD_ENTRY";
            case RANGE_READ -> "RANGE_READ_ENTRY";
            case RANGE_ADD -> "RANGE_ADD_ENTRY";
            case BATCH_READ -> "BATCH_READ_ENTRY";
            case BOOKIE_INFO -> "GET_BOOKIE_INFO";
            case FORCE -> "FORCE_LEDGER";
            case ENTRY_LIST -> "GET_LIST_OF_ENTRIES_OF_LEDGER";
            case AUTH, WRITE_LAC, READ_LAC, START_TLS -> operation.name();
        };
    }

    private static String name(Status status) {
        return switch (status) {
            case OK -> "EOK";
            case NO_LEDGER -> "ENOLEDGER";
            case NO_ENTRY -> "ENOENTRY";
            case BAD_REQUEST -> "EBADREQ";
            case IO_ERROR -> "EIO";
            case UNAUTHORIZED -> "EUA";
            case BAD_VERSION -> "EBADVERSION";
            case FENCED -> "EFENCED";
            case READ_ONLY -> "EREADONLY";
            case TOO_MANY_REQUESTS -> "ETOOMANYREQUESTS";
            case UNKNOWN_LEDGER_STATE -> "EUNKNOWNLEDGERSTATE";
        };
    }
}
