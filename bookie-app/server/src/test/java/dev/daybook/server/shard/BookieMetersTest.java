package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.micrometer.MicrometerBookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every request is counted, and once. */
class BookieMetersTest {
    private static final int BODY_BYTES = 4 * Long.BYTES + 100;
    private static final byte[] KEY = new byte[20];

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsRequestsBytesAndSyncs() throws Exception {
        StorageConfig config =
                StorageConfig.of(List.of(directory.resolve("journal")), List.of(directory.resolve("ledgers")));
        try (Bookie bookie = Bookie.open(config, new MicrometerBookieMetrics(registry, Tags.empty()))) {
            bookie.start(new RecordedEvents());
            assertThat(ask(bookie, add())).isEqualTo(Status.OK);
            assertThat(ask(bookie, read(0))).isEqualTo(Status.OK);
            assertThat(ask(bookie, read(1))).isEqualTo(Status.NO_ENTRY);
            bookie.setReadOnly(true);

            assertThat(requests("add", "ok")).isEqualTo(1);
            assertThat(requests("read", "ok")).isEqualTo(1);
            assertThat(requests("read", "no_entry")).isEqualTo(1);
            assertThat(payload("add")).isEqualTo(BODY_BYTES);
            assertThat(payload("read")).isEqualTo(BODY_BYTES);
            assertThat(registry.get("daybook.bookie.inflight").gauge().value()).isZero();
            assertThat(registry.get("daybook.bookie.journal.sync").timer().count())
                    .isPositive();
            assertThat(registry.get("daybook.bookie.read.only").gauge().value()).isEqualTo(1);
        }
    }

    private static Status ask(Bookie bookie, BookieRequest request) throws Exception {
        CompletableFuture<BookieResponse> answer = new CompletableFuture<>();
        bookie.execute(request, answer::complete);
        BookieResponse response = answer.get(30, TimeUnit.SECONDS);
        if (response instanceof BookieResponse.Read read) {
            read.body().ifPresent(ByteBuf::release);
        }
        return response.status();
    }

    private static BookieRequest add() {
        ByteBuf body = Unpooled.buffer(BODY_BYTES);
        body.writeLong(1).writeLong(0).writeLong(-1).writeLong(100).writeZero(100);
        return new BookieRequest.Add(FrameHeader.v3(Operation.ADD, 1), 1, 0, KEY, body, false, 0);
    }

    private static BookieRequest read(long entryId) {
        return new BookieRequest.Read(
                FrameHeader.v3(Operation.READ, 2), 1, entryId, false, Optional.empty(), Optional.empty());
    }

    private long requests(String operation, String status) {
        return registry.get("daybook.bookie.requests")
                .tags("operation", operation, "status", status)
                .timer()
                .count();
    }

    private double payload(String operation) {
        return registry.get("daybook.bookie.request.payload")
                .tag("operation", operation)
                .counter()
                .count();
    }
}
