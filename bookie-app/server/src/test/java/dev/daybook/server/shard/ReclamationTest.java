package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.server.garbage.GarbageConfig;
import dev.daybook.server.garbage.GarbageRequest;
import dev.daybook.server.garbage.LedgersInMetadata;
import dev.daybook.server.garbage.Reclamation;
import dev.daybook.server.garbage.SpaceNeeds;
import dev.daybook.server.net.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reclamation with its threads, on a real disk. */
class ReclamationTest {
    private static final int LEDGERS = 10;
    private static final long KEPT = 3;
    private static final int ENTRIES = 3000;
    private static final SpaceNeeds NEEDS = new SpaceNeeds(64 << 10, 1 << 20);

    @TempDir
    Path directory;

    /** Ledgers in a set; fails with what it is told to. */
    private static final class Metadata implements LedgersInMetadata {
        final Set<Long> existing = new ConcurrentSkipListSet<>();
        volatile Optional<Throwable> failure = Optional.empty();

        @Override
        public boolean isOurCluster() throws IOException {
            Throwable thrown = failure.orElse(null);
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw new IOException(thrown.getMessage());
            }
            return true;
        }

        @Override
        public void forEach(LongConsumer ledgers) {
            existing.forEach(ledgers::accept);
        }

        @Override
        public Standing standingOf(long ledgerId) {
            return existing.contains(ledgerId) ? Standing.HERE : Standing.GONE;
        }

        @Override
        public Optional<Lock> lock(long ledgerId) {
            return Optional.empty();
        }

        @Override
        public void settleLocks() {
            // None is ever taken.
        }
    }

    private final Metadata metadata = new Metadata();

    private Bookie open() throws IOException {
        Bookie bookie = Bookie.open(
                new StorageConfig(
                        List.of(directory.resolve("j")),
                        List.of(directory.resolve("l0"), directory.resolve("l1")),
                        2,
                        2,
                        new JournalSettings(1 << 20, true, 4 << 20, 64 << 10),
                        NEEDS.entryLogBytesMax(),
                        1 << 20,
                        1 << 20,
                        1 << 16,
                        Duration.ofMillis(50)),
                BookieMetrics.NONE);
        bookie.start(new RecordedEvents());
        return bookie;
    }

    private Reclamation reclaim(Bookie bookie) {
        Reclamation reclamation = new Reclamation(
                GarbageConfig.DEFAULT,
                bookie.localLedgers(),
                metadata,
                bookie.ledgerDirectories(),
                NEEDS,
                BookieMetrics.NONE);
        reclamation.start();
        return reclamation;
    }

    @Test
    void spaceComesBackWhileEntriesAreAdded() throws Exception {
        try (Bookie bookie = open();
                Reclamation reclamation = reclaim(bookie)) {
            addAll(bookie, 0, ENTRIES);
            bookie.flush();
            long before = bookie.usage().entryLogs().bytes();
            metadata.existing.add(KEPT);
            metadata.existing.add(KEPT + 1);
            GarbageRequest everything = new GarbageRequest(false, Set.of(CompactionKind.MINOR, CompactionKind.MAJOR));
            assertThat(reclamation.request(everything)).isEmpty();
            int added = ENTRIES;
            // What is added meanwhile belongs to ledgers that stay.
            while (added < 100_000 && bookie.usage().entryLogs().bytes() > before / 2) {
                for (int i = 0; i < 20; i++) {
                    assertThat(add(bookie, KEPT, added++)
                                    .get(30, TimeUnit.SECONDS)
                                    .status())
                            .isEqualTo(Status.OK);
                }
            }
            assertThat(bookie.usage().entryLogs().bytes()).isLessThanOrEqualTo(before / 2);
            assertThat(bookie.ledgerIds()).containsExactly(KEPT, KEPT + 1);
            assertEverythingThere(bookie, added);
            BookieUsage.Garbage status = reclamation.status();
            assertThat(status.ledgersDeleted()).isEqualTo(LEDGERS - 2);
            assertThat(status.problem()).isEmpty();
            assertThat(status.directories()).hasSize(2);
            assertThat(status.directories().stream()
                            .mapToLong(BookieUsage.GarbageDirectory::bytesReclaimed)
                            .sum())
                    .isPositive();
            assertThat(status.directories().stream()
                            .mapToLong(BookieUsage.GarbageDirectory::bytesCopied)
                            .sum())
                    .isPositive();
        }
        try (Bookie bookie = open()) {
            assertEverythingThere(bookie, ENTRIES);
        }
    }

    @Test
    void noFailureEndsTheLoops() throws Exception {
        try (Bookie bookie = open();
                Reclamation reclamation = reclaim(bookie)) {
            addAll(bookie, 0, LEDGERS);
            metadata.existing.add(KEPT);
            GarbageRequest request = new GarbageRequest(false, Set.of());
            for (Throwable failure : List.of(new IOException("connection lost"), new OutOfMemoryError("no heap"))) {
                failure.setStackTrace(new StackTraceElement[0]); // It is logged.
                metadata.failure = Optional.of(failure);
                reclamation.request(request);
                Eventually.holds(
                        "the failure is told",
                        () -> reclamation.status().problem().contains(String.valueOf(failure.getMessage())));
            }
            assertThat(reclamation.status().lastSuccessMillis()).isEqualTo(BookieUsage.UNKNOWN);
            assertThat(bookie.ledgerIds()).hasSize(LEDGERS);
            metadata.failure = Optional.empty();
            reclamation.request(request);
            Eventually.holds("the ledgers go", () -> reclamation.status().ledgersDeleted() == LEDGERS - 1);
            Eventually.holds("the success is told", () -> reclamation.status().lastSuccessMillis() > 0);
            assertThat(reclamation.status().problem()).isEmpty();
        }
    }

    private static void addAll(Bookie bookie, int from, int to) throws Exception {
        List<CompletableFuture<BookieResponse>> answers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            answers.add(add(bookie, i % LEDGERS, i));
            if (i % 50 == 0) {
                answers.get(answers.size() - 1).get(30, TimeUnit.SECONDS);
            }
        }
        for (CompletableFuture<BookieResponse> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(Status.OK);
        }
    }

    /** Entry i of the first ones is in ledger i mod ten; all further ones are in the kept ledger. */
    private static void assertEverythingThere(Bookie bookie, int entries) throws Exception {
        Set<Long> kept = new TreeSet<>(Set.of(KEPT, KEPT + 1));
        for (int i = 0; i < entries; i++) {
            long ledgerId = i < ENTRIES ? i % LEDGERS : KEPT;
            BookieRequest request = new BookieRequest.Read(
                    FrameHeader.v3(Operation.READ, 1), ledgerId, i, false, Optional.empty(), Optional.empty());
            BookieResponse.Read answer =
                    (BookieResponse.Read) ask(bookie, request).get(30, TimeUnit.SECONDS);
            assertThat(answer.status())
                    .as("%d/%d", ledgerId, i)
                    .isEqualTo(kept.contains(ledgerId) ? Status.OK : Status.NO_LEDGER);
            if (answer.status() == Status.OK) {
                ByteBuf body = answer.body().orElseThrow();
                assertThat(body).isEqualTo(body(ledgerId, i));
                body.release();
            }
        }
    }

    private static CompletableFuture<BookieResponse> add(Bookie bookie, long ledgerId, long entryId) {
        FrameHeader header = FrameHeader.v3(Operation.ADD, 1);
        return ask(
                bookie,
                new BookieRequest.Add(header, ledgerId, entryId, StepBookie.KEY, body(ledgerId, entryId), false, 0));
    }

    private static ByteBuf body(long ledgerId, long entryId) {
        return Unpooled.wrappedBuffer(StepBookie.body(ledgerId, entryId, 500, 0));
    }

    private static CompletableFuture<BookieResponse> ask(Bookie bookie, BookieRequest request) {
        CompletableFuture<BookieResponse> answer = new CompletableFuture<>();
        bookie.execute(request, answer::complete);
        return answer;
    }
}
