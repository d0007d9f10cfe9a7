package dev.daybook.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.console.FakeCluster;
import dev.daybook.console.usage.UsageReader;
import dev.daybook.protocol.model.BookieId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(200);

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void whatWasNeverSeenIsUnknownNotZero() {
        cluster.mood = FakeCluster.Mood.HANGS;
        try (ClusterWatch watch = watch()) {
            assertThat(watch.current().bookies().known()).isFalse();
            watch.look();
            assertThat(watch.current().bookies().known()).isFalse();
            assertThat(watch.current().metadataProblem()).contains("No answer within 200 ms.");
            assertThat(Verdict.of(watch.current()).level()).isEqualTo(Verdict.Level.UNKNOWN);
        }
    }

    @Test
    void aFailedLookTakesNothingAwayButBookiesAreNoLongerSaidToBeUp() {
        cluster.bookie("b1", State.WRITABLE);
        try (ClusterWatch watch = watch()) {
            watch.look();
            assertThat(watch.current().presence(new BookieId("b1"))).isEqualTo(Presence.WRITABLE);
            assertThat(watch.current().presence(new BookieId("b2"))).isEqualTo(Presence.GONE);

            cluster.mood = FakeCluster.Mood.FAILS;
            watch.look();

            assertThat(watch.current().knownBookies()).hasSize(1);
            assertThat(watch.current().bookies().stale()).isTrue();
            assertThat(watch.current().presence(new BookieId("b1"))).isEqualTo(Presence.UNKNOWN);
            assertThat(watch.current().presence(new BookieId("b2"))).isEqualTo(Presence.UNKNOWN);
        }
    }

    @Test
    void looksThatStoppedAreNoticed() {
        try (ClusterWatch watch = watch()) {
            watch.look();
            assertThat(watch.overdue(NOON.plusSeconds(15))).isFalse();
            assertThat(watch.overdue(NOON.plusSeconds(16))).isTrue();
        }
    }

    @Test
    void aFailedConnectionIsTriedAgainWhileQuestionsLearnTheLastFailureAtOnce() {
        CompletableFuture<LedgerClient> second = new CompletableFuture<>();
        CompletableFuture<Boolean> secondBegan = new CompletableFuture<>();
        AtomicInteger attempts = new AtomicInteger();
        try (MetadataLink link = new MetadataLink(() -> {
            if (attempts.incrementAndGet() == 1) {
                throw new LedgerException(LedgerException.Reason.METADATA_UNAVAILABLE, "Nobody listens at zk1:2181");
            }
            secondBegan.complete(true);
            return second.join();
        })) {
            Asking asking = new Asking(link, Duration.ofSeconds(60), () -> NOON);
            assertThat(asking.ask(LedgerAdmin::bookies).join().problem()).contains("Nobody listens at zk1:2181.");

            assertThat(asking.ask(LedgerAdmin::bookies).join().problem()).contains("Nobody listens at zk1:2181.");
            assertThat(secondBegan.join()).isTrue();
            assertThat(asking.ask(LedgerAdmin::bookies).join().problem()).contains("Nobody listens at zk1:2181.");
            assertThat(attempts.get()).isEqualTo(2);
            second.completeExceptionally(new IllegalStateException("the test is over"));
        }
    }

    @Test
    void aConnectionThatHangsDoesNotHoldAQuestionUp() {
        CompletableFuture<LedgerClient> never = new CompletableFuture<>();
        try (MetadataLink link = new MetadataLink(never::join)) {
            assertThat(new Asking(link, SHORT, () -> NOON)
                            .ask(LedgerAdmin::auditor)
                            .join()
                            .problem())
                    .contains("No answer within 200 ms.");
            never.completeExceptionally(new IllegalStateException("the test is over"));
        }
    }

    private ClusterWatch watch() {
        return new ClusterWatch(
                new Asking(cluster, SHORT, () -> NOON),
                new UsageReader(SHORT),
                () -> NOON,
                Duration.ofSeconds(5),
                SHORT);
    }
}
