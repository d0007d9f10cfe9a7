package dev.daybook.server.net;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.protocol.wire.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is remembered of a request until its answer is sent.
 *
 * @param entryBytes of the body it carried
 * @param cost bytes charged for it
 */
record PendingRequest(RequestKind kind, long startNanos, long entryBytes, long cost) {
    /** What a request costs beside its bytes: the objects that carry it. */
    private static final long OVERHEAD_BYTES = 256;

    private static final Map<Status, RequestStatus> STATUSES = statuses();

    static PendingRequest of(BookieRequest request, long frameBytes, long nowNanos) {
        return new PendingRequest(
                kindOf(request), nowNanos, MessageBuffers.bytesOf(request), frameBytes + OVERHEAD_BYTES);
    }

    void reportTo(BookieMetrics metrics, BookieResponse response, long nowNanos) {
        long bytes = entryBytes + MessageBuffers.bytesOf(response);
        metrics.requestCompleted(
                kind, Objects.requireNonNull(STATUSES.get(response.status())), nowNanos - startNanos, bytes);
    }

    private static RequestKind kindOf(BookieRequest request) {
        if (request instanceof BookieRequest.Add add) {
            return add.recovery() ? RequestKind.RECOVERY_ADD : RequestKind.ADD;
        }
        if (request instanceof BookieRequest.Read read) {
            if (read.fence()) {
                return RequestKind.FENCING_READ;
            }
            return read.longPoll().isPresent() ? RequestKind.TAIL_READ : RequestKind.READ;
        }
        return kindOf(request.header().operation());
    }

    private static RequestKind kindOf(Operation operation) {
        return switch (operation) {
            case BATCH_READ -> RequestKind.BATCH_READ;
            case READ_LAC -> RequestKind.READ_LAC;
            case WRITE_LAC -> RequestKind.WRITE_LAC;
            case FORCE -> RequestKind.FORCE;
            case ENTRY_LIST -> RequestKind.ENTRY_LIST;
            case BOOKIE_INFO -> RequestKind.BOOKIE_INFO;
            case AUTH -> RequestKind.AUTH;
            case ADD, READ, RANGE_READ, RANGE_ADD, START_TLS -> RequestKind.OTHER;
        };
    }

    /** The two tables have the same names; a status without a twin fails here, when the class is loaded. */
    private static Map<Status, RequestStatus> statuses() {
        Map<Status, RequestStatus> table = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            table.put(status, RequestStatus.valueOf(status.name()));
        }
        return table;
    }
}
