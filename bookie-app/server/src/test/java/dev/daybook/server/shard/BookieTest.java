package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.server.garbage.LedgerDirectory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bookie with its threads on a real disk. */
class BookieTest {
    @TempDir
    Path directory;

    private StorageConfig config(long writeCacheBytes) {
        return new StorageConfig(
                List.of(directory.resolve("j0"), directory.resolve("j1")),
                List.of(directory.resolve("l0"), directory.resolve("l1"), directory.resolve("l2")),
                2,
                2,
                new JournalSettings(1 << 20, true, 4 << 20, 64 << 10),
                1 << 20,
                writeCacheBytes,
                1 << 20,
                1 << 16,
                Duration.ofMillis(50));
    }

    private Bookie open(long writeCacheBytes) throws IOException {
        Bookie bookie = Bookie.open(config(writeCacheBytes), BookieMetrics.NONE);
        bookie.start(new RecordedEvents());
        return bookie;
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        int entries = 3000;
        try (Bookie bookie = open(1 << 20)) {
            addAll(bookie, entries);
            assertAllReadable(bookie, entries);
        }
        try (Bookie bookie = open(1 << 20)) {
            assertAllReadable(bookie, entries);
            assertThat(bookie.ledgerIds()).hasSize(7);
            StorageUsage usage = bookie.usage();
            assertThat(usage.ledgers()).isEqualTo(7);
            assertThat(usage.entries()).isGreaterThanOrEqualTo(entries);
            assertThat(usage.journals()).hasSize(2);
            assertThat(usage.entryLogs().bytes()).isGreaterThan(entries * 500L);
        }
    }

    private static void addAll(Bookie bookie, int entries) throws Exception {
        List<CompletableFuture<BookieResponse>> answers = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            answers.add(add(bookie, i % 7, i, false));
            if (i % 100 == 0) {
                answers.get(i).get(30, TimeUnit.SECONDS);
            }
        }
        for (CompletableFuture<BookieResponse> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(Status.OK);
        }
    }

    private static void assertAllReadable(Bookie bookie, int entries) throws Exception {
        for (int i = 0; i < entries; i++) {
            BookieResponse.Read answer = read(bookie, i % 7, i);
            assertThat(answer.status()).isEqualTo(Status.OK);
            ByteBuf body = answer.body().orElseThrow();
            assertThat(body).isEqualTo(body(i % 7, i));
            body.release();
        }
    }

    private static CompletableFuture<BookieResponse> add(Bookie bookie, long ledgerId, long entryId, boolean recovery) {
        FrameHeader header = FrameHeader.v3(Operation.ADD, 1);
        ByteBuf body = body(ledgerId, entryId);
        return ask(bookie, new BookieRequest.Add(header, ledgerId, entryId, StepBookie.KEY, body, recovery, 0));
    }

    private static ByteBuf body(long ledgerId, long entryId) {
        return Unpooled.wrappedBuffer(StepBookie.body(ledgerId, entryId, 500, 0));
    }

    private static BookieResponse.Read read(Bookie bookie, long ledgerId, long entryId) throws Exception {
        BookieRequest request = new BookieRequest.Read(
                FrameHeader.v3(Operation.READ, 1), ledgerId, entryId, false, Optional.empty(), Optional.empty());
        return (BookieResponse.Read) ask(bookie, request).get(30, TimeUnit.SECONDS);
    }

    private static CompletableFuture<BookieResponse> ask(Bookie bookie, BookieRequest request) {
        CompletableFuture<BookieResponse> answer = new CompletableFuture<>();
        bookie.execute(request, answer::complete);
        return answer;
    }

    @Test
    void tablesOfLedgersStayFewAndComplete() throws Exception {
        int flushes = 60;
        try (Bookie bookie = open(1 << 20)) {
            for (int i = 0; i < flushes; i++) {
                add(bookie, i, 0, false).get(30, TimeUnit.SECONDS);
                bookie.flush();
            }
        }
        for (int i = 0; i < 3; i++) {
            try (Stream<Path> files = Files.list(directory.resolve("l" + i).resolve("current"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".ledgers")))
                        .hasSizeBetween(1, 16);
            }
        }
        try (Bookie bookie = open(1 << 20)) {
            assertThat(bookie.ledgerIds()).hasSize(flushes);
            assertThat(read(bookie, 0, 0).status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void theBuffersOfRequestsAreReleased() throws Exception {
        try (Bookie bookie = open(1 << 20)) {
            ByteBuf body = body(1, 0);
            FrameHeader header = FrameHeader.v3(Operation.ADD, 1);
            ask(bookie, new BookieRequest.Add(header, 1, 0, StepBookie.KEY, body, false, 0))
                    .get(30, TimeUnit.SECONDS);
            assertThat(body.refCnt()).isZero();
        }
    }

    @Test
    void addsWaitForMemoryInsteadOfFailing() throws Exception {
        int entries = 4000;
        Bookie bookie = open(64 << 10); // Thirty times less than what comes at once.
        try (bookie) {
            List<CompletableFuture<BookieResponse>> answers = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                answers.add(add(bookie, i % 7, i, false));
            }
            for (CompletableFuture<BookieResponse> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(Status.OK);
            }
            assertAllReadable(bookie, entries);
        }
        assertThat(bookie.chunksInUse()).isZero();
    }

    @Test
    void whatWaitsWhenTheBookieTurnsReadOnlyIsRefused() throws Exception {
        Bookie bookie = open(64 << 10);
        try (bookie) {
            List<ByteBuf> bodies = new ArrayList<>();
            List<CompletableFuture<BookieResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ByteBuf body = body(1, i);
                bodies.add(body);
                FrameHeader header = FrameHeader.v3(Operation.ADD, 1);
                answers.add(ask(bookie, new BookieRequest.Add(header, 1, i, StepBookie.KEY, body, false, 0)));
            }
            bookie.setReadOnly(true);
            for (CompletableFuture<BookieResponse> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).status()).isIn(Status.OK, Status.READ_ONLY);
            }
            assertThat(bodies).allMatch(body -> body.refCnt() == 0);
        }
        assertThat(bookie.chunksInUse()).isZero();
    }

    @Test
    void twoBookiesDoNotShareADirectory() throws Exception {
        try (Bookie bookie = open(1 << 20)) {
            assertThat(bookie.isReadOnly()).isFalse();
            assertThatThrownBy(() -> open(1 << 20))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void oneDirectoryMayServeForEverything() throws Exception {
        StorageConfig config = StorageConfig.of(List.of(directory), List.of(directory));
        try (Bookie bookie = Bookie.open(config, BookieMetrics.NONE)) {
            addAll(bookie, 50);
        }
        try (Bookie bookie = Bookie.open(config, BookieMetrics.NONE)) {
            assertAllReadable(bookie, 50);
        }
    }

    @Test
    void aLedgerInLimboDeniesNothing() throws Exception {
        try (Bookie bookie = open(1 << 20)) {
            assertThat(bookie.limbo().begin(9, new byte[0]).get(30, TimeUnit.SECONDS))
                    .isTrue();
        }
        try (Bookie bookie = open(1 << 20)) {
            assertThat(read(bookie, 9, 0).status()).isEqualTo(Status.UNKNOWN_LEDGER_STATE);
            assertThat(bookie.limbo().end(9).get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(read(bookie, 9, 0).status()).isEqualTo(Status.NO_ENTRY);
        }
    }

    @Test
    void aReadOnlyBookieRefusesAddsAndServesReads() throws Exception {
        try (Bookie bookie = open(1 << 20)) {
            add(bookie, 1, 0, false).get(30, TimeUnit.SECONDS);
            bookie.setReadOnly(true);
            assertThat(add(bookie, 1, 1, false).get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.READ_ONLY);
            assertThat(read(bookie, 1, 0).status()).isEqualTo(Status.OK);
            bookie.setReadOnly(false);
            assertThat(add(bookie, 1, 1, false).get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.OK);
        }
    }

    @Test
    void aClosedBookieStillAnswers() throws Exception {
        Bookie bookie = open(1 << 20);
        bookie.close();
        assertThat(add(bookie, 1, 0, false).get(30, TimeUnit.SECONDS).status()).isEqualTo(Status.IO_ERROR);
    }

    @Test
    void aDeletedLedgerStaysGoneUntilRepairBringsItBack() throws Exception {
        int entries = 7000;
        try (Bookie bookie = open(1 << 20)) {
            addAll(bookie, entries);
            for (long ledgerId = 0; ledgerId < 7; ledgerId++) {
                assertThat(bookie.localLedgers().delete(ledgerId).get(30, TimeUnit.SECONDS))
                        .isTrue();
            }
            bookie.localLedgers().flush();
            assertThat(bookie.localLedgers().ids()).isEmpty();
            assertThat(read(bookie, 4, 4).status()).isEqualTo(Status.NO_LEDGER);
            int logs = 0;
            for (LedgerDirectory directory : bookie.ledgerDirectories()) {
                logs += directory.store().reclaim().logs();
            }
            assertThat(logs).isPositive();
            assertThat(add(bookie, 4, 4, false).get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.FENCED);
        }
        try (Bookie bookie = open(1 << 20)) {
            assertThat(bookie.ledgerIds()).isEmpty();
            assertThat(add(bookie, 4, 4, false).get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.FENCED);
            assertThat(add(bookie, 4, 4, true).get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.OK);
            assertThat(read(bookie, 4, 4).status()).isEqualTo(Status.OK);
            assertThat(read(bookie, 4, 11).status()).isEqualTo(Status.NO_ENTRY);
        }
    }

    @Test
    void aCopyInUseIsNotEvicted() throws Exception {
        try (Bookie bookie = open(1 << 20)) {
            long sighted = bookie.localLedgers().currentFlush();
            add(bookie, 1, 0, false).get(30, TimeUnit.SECONDS);
            assertThat(bookie.localLedgers().evict(1, sighted).get(30, TimeUnit.SECONDS))
                    .isFalse();
            bookie.flush();
            long later = bookie.localLedgers().currentFlush();
            assertThat(later).isGreaterThan(sighted);
            assertThat(bookie.localLedgers().evict(1, later).get(30, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(bookie.ledgerIds()).isEmpty();
        }
    }
}
