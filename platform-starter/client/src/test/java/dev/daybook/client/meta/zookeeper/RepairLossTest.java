package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.LossyProxy;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordedTerms;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repair's part of the metadata when answers, connections and sessions get lost. */
class RepairLossTest {
    private static final BookieId ONE = bookie("one:3181");
    private static final BookieId TWO = bookie("two:3181");

    private final TestZooKeeper zooKeeper = new TestZooKeeper();
    private final LossyProxy proxy = new LossyProxy(zooKeeper.port());
    private ZooKeeperMetadataStore directStore;
    private ZooKeeperMetadataStore lossyStore;
    private RepairStore direct;
    private RepairStore lossy;

    @BeforeEach
    void connect() {
        directStore = connect(zooKeeper.port());
        lossyStore = connect(proxy.port());
        direct = directStore.repairs();
        lossy = lossyStore.repairs();
        get(lossy.mark(ledger(1), Set.of())); // Makes the directories, too.
    }

    private static ZooKeeperMetadataStore connect(int port) {
        return ZooKeeperMetadataStore.connectOrInitialise(
                MetadataUri.parse("zk://127.0.0.1:" + port + "/ledgers"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        directStore.close();
        proxy.heal();
        lossyStore.close();
        proxy.close();
        zooKeeper.close();
    }

    private List<BookieId> missing(long id) {
        return get(direct.findMark(ledger(id)))
                .map(mark -> mark.value().missing())
                .orElse(List.of());
    }

    @Test
    void aMarkWhoseAnswerWasLostIsMadeOnce() throws Exception {
        try (TestZooKeeper.Client client = zooKeeper.client()) {
            client.nodes()
                    .create(
                            "/ledgers/underreplication/ledgers/0000/0000/0000/0002",
                            new byte[0],
                            ZooDefs.Ids.OPEN_ACL_UNSAFE,
                            CreateMode.PERSISTENT);
        }
        proxy.loseAnswers();
        CompletableFuture<Void> marked = lossy.mark(ledger(2), Set.of(ONE)).toCompletableFuture();
        Eventually.that("the mark has arrived", () -> missing(2).equals(List.of(ONE)));
        long version = get(direct.findMark(ledger(2))).orElseThrow().version();
        proxy.cut();
        proxy.heal();
        get(marked);
        assertThat(get(direct.findMark(ledger(2))).orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void anUnmarkingWhoseAnswerWasLostIsRecognised() {
        long version = get(lossy.findMark(ledger(1))).orElseThrow().version();
        proxy.loseAnswersFrom("ledgers/0000/0000/0000/0001/urL0000000001");
        CompletableFuture<Boolean> unmarked = lossy.unmark(ledger(1), version).toCompletableFuture();
        proxy.loseAnswers();
        proxy.cut();
        proxy.heal();
        assertThat(get(unmarked)).isTrue();
        assertThat(get(direct.findMark(ledger(1)))).isEmpty();
    }

    @Test
    void aVoteWhoseAnswerWasLostIsCastOnce() {
        RecordedTerms terms = new RecordedTerms();
        proxy.loseAnswers();
        Subscription standing = lossy.stand("lossy:1", terms);
        proxy.cut();
        proxy.heal();
        terms.await(1);
        assertThat(votes()).hasSize(1);
        standing.close();
        Eventually.that("no vote stays behind", () -> votes().isEmpty());
    }

    private List<String> votes() {
        try (TestZooKeeper.Client client = zooKeeper.client()) {
            return client.nodes().getChildren("/ledgers/underreplication/auditorelection", false);
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        } catch (KeeperException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAuditorThatWasCutOffChangesNothing() {
        RecordedTerms cutOff = new RecordedTerms();
        RecordedTerms successor = new RecordedTerms();
        Subscription unused = lossy.stand("lossy:1", cutOff);
        AuditorTerm stale = cutOff.await(1);
        Subscription unusedToo = direct.stand("direct:1", successor);
        proxy.cut();
        CompletableFuture<Void> late = stale.mark(ledger(1), Set.of(ONE)).toCompletableFuture();
        CompletableFuture<Void> alsoLate =
                stale.complete(Search.MISSING_COPIES, 7).toCompletableFuture();
        zooKeeper.expire(lossyStore.sessionId());
        AuditorTerm term = successor.await(1);
        assertThat(term.epoch()).isGreaterThan(stale.epoch());
        assertThat(cutOff.inOffice()).as("it cannot know").isTrue();
        proxy.heal();
        refused(late);
        refused(alsoLate);
        assertThat(missing(1)).isEmpty();
        assertThat(get(direct.completed(Search.MISSING_COPIES))).isEmpty();
        Eventually.that("it is told", () -> !cutOff.inOffice());
        get(term.mark(ledger(1), Set.of(TWO)));
        assertThat(missing(1)).containsExactly(TWO);
        assertThat(successor.inOffice()).isTrue();
    }

    private static void refused(CompletableFuture<Void> write) {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(write))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
    }

    @Test
    void noLockIsOlderThanItsSession() {
        LedgerLock lock = get(lossy.lock(ledger(1), "host-a")).orElseThrow();
        proxy.cut();
        zooKeeper.expire(lossyStore.sessionId());
        Eventually.that(
                "the lock is free", () -> get(direct.lock(ledger(1), "host-b")).isPresent());
        proxy.heal();
        get(lock.release());
        assertThat(get(direct.marked(Optional.empty(), 10)).get(0).lockedBy()).contains("host-b");
    }

    @Test
    void whatHappenedWhileTheConnectionWasLostIsTold() {
        AtomicInteger work = new AtomicInteger();
        List<Boolean> enabled = new CopyOnWriteArrayList<>();
        List<Long> delays = new CopyOnWriteArrayList<>();
        get(direct.setLostBookieDelay(60));
        Subscription watchingMarks = lossy.watchMarks(work::incrementAndGet);
        Subscription watchingSwitch = lossy.watchEnabled(enabled::add);
        Subscription watchingDelay = lossy.watchLostBookieDelay(delays::add);
        Eventually.that("the marks are watched", () -> work.get() > 0 && enabled.equals(List.of(true)));
        for (boolean expired : new boolean[] {false, true}) {
            int before = work.get();
            int toldDelays = delays.size();
            boolean wanted = expired;
            proxy.cut();
            if (expired) {
                zooKeeper.expire(lossyStore.sessionId());
            }
            get(direct.mark(ledger(expired ? 4 : 3), Set.of(ONE)));
            get(direct.setEnabled(wanted));
            get(direct.setLostBookieDelay(60));
            proxy.heal();
            Eventually.that("the mark is told", () -> work.get() > before);
            Eventually.that("the switch is told", () -> enabled.get(enabled.size() - 1) == wanted);
            Eventually.that("the delay is told", () -> delays.size() > toldDelays);
        }
        assertThat(delays).containsOnly(60L);
        watchingMarks.close();
        watchingSwitch.close();
        watchingDelay.close();
    }

    @Test
    void electionsGoOnAfterARestartOfTheService() {
        RecordedTerms terms = new RecordedTerms();
        Subscription unused = direct.stand("direct:1", terms);
        AuditorTerm term = terms.await(1);
        zooKeeper.stop();
        CompletableFuture<Void> marked = term.mark(ledger(2), Set.of(ONE)).toCompletableFuture();
        zooKeeper.startAgain();
        Eventually.that("the write is settled", marked::isDone);
        Eventually.that("somebody is the auditor", () -> get(lossy.auditor()).equals(Optional.of("direct:1")));
        Eventually.that("the present term can write", () -> canWrite(terms.term()));
    }

    private static boolean canWrite(AuditorTerm term) {
        try {
            get(term.mark(ledger(3), Set.of(ONE)));
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }
}
