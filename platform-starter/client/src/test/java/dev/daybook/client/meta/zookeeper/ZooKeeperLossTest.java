package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static dev.daybook.client.meta.Samples.metadata;
import static dev.daybook.client.meta.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.LossyProxy;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost answers, lost connections, lost sessions and a restarted service. */
class ZooKeeperLossTest {
    private static final BookieId ONE = bookie("one:3181");

    private final TestZooKeeper zooKeeper = new TestZooKeeper();
    private final LossyProxy proxy = new LossyProxy(zooKeeper.port());
    private ZooKeeperMetadataStore direct;
    private ZooKeeperMetadataStore lossy;

    @BeforeEach
    void connect() {
        direct = connect(zooKeeper.port(), Duration.ofSeconds(30));
        lossy = connect(proxy.port(), Duration.ofSeconds(30));
    }

    private static ZooKeeperMetadataStore connect(int port, Duration operationTimeout) {
        return ZooKeeperMetadataStore.connectOrInitialise(
                MetadataUri.parse("zk://127.0.0.1:" + port + "/ledgers"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                operationTimeout);
    }

    @AfterEach
    void close() {
        direct.close();
        proxy.heal();
        lossy.close();
        proxy.close();
        zooKeeper.close();
    }

    @Test
    void aSwapWhoseAnswerWasLostIsUnknown() {
        get(direct.create(ledger(5), metadata(17)));
        LedgerMetadata closed = metadata(17).closedAt(new End(3, 30));
        proxy.loseAnswers();
        CompletableFuture<SwapOutcome> swap = lossy.swap(ledger(5), closed, 0).toCompletableFuture();
        Eventually.that("the swap has arrived", () -> version(5) == 1);
        proxy.cut();
        proxy.heal();
        assertThat(get(swap)).isEqualTo(new SwapOutcome.Unknown());
        assertThat(get(lossy.read(ledger(5)))).contains(new Versioned<>(closed, 1));
    }

    private long version(long ledger) {
        return get(direct.read(ledger(ledger))).map(Versioned::version).orElse(-1L);
    }

    @Test
    void aSwapThatNeverArrivedIsRepeated() {
        get(direct.create(ledger(5), metadata(17)));
        proxy.cut();
        CompletableFuture<SwapOutcome> swap =
                lossy.swap(ledger(5), metadata(17).inRecovery(), 0).toCompletableFuture();
        proxy.heal();
        assertThat(get(swap)).isEqualTo(new SwapOutcome.Swapped(1));
    }

    @Test
    void aCreationWhoseAnswerWasLostIsRecognised() {
        get(direct.create(ledger(4), metadata(1))); // Makes the directories, too.
        proxy.loseAnswers();
        CompletableFuture<CreateOutcome> create =
                lossy.create(ledger(5), metadata(17)).toCompletableFuture();
        Eventually.that("the creation has arrived", () -> version(5) == 0);
        proxy.cut();
        proxy.heal();
        assertThat(get(create)).isEqualTo(new CreateOutcome.Created(0));
    }

    @Test
    void aRivalsCreationIsToldFromOnesOwn() {
        proxy.cut();
        CompletableFuture<CreateOutcome> create =
                lossy.create(ledger(5), metadata(17)).toCompletableFuture();
        get(direct.create(ledger(5), metadata(99)));
        proxy.heal();
        assertThat(get(create)).isEqualTo(new CreateOutcome.Exists());
    }

    @Test
    void cookieOperationsWhoseAnswersWereLostAreRecognised() {
        BookieRegistry registry = lossy.registry();
        byte[] cookie = {5, '\n'};
        get(direct.registry().createCookie(bookie("first:1"), cookie)); // Makes the directory, too.
        proxy.loseAnswers();
        CompletableFuture<Boolean> created = registry.createCookie(ONE, cookie).toCompletableFuture();
        Eventually.that("the cookie has arrived", () -> cookieVersion() == 0);
        proxy.cut();
        proxy.heal();
        assertThat(get(created)).isTrue();
        proxy.loseAnswers();
        CompletableFuture<Boolean> updated =
                registry.updateCookie(ONE, new byte[] {6}, 0).toCompletableFuture();
        Eventually.that("the update has arrived", () -> cookieVersion() == 1);
        proxy.cut();
        proxy.heal();
        assertThat(get(updated)).isTrue();
        proxy.loseAnswers();
        CompletableFuture<Boolean> deleted = registry.deleteCookie(ONE, 1).toCompletableFuture();
        Eventually.that("the deletion has arrived", () -> cookieVersion() == -1);
        proxy.cut();
        proxy.heal();
        assertThat(get(deleted)).isTrue();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsUnknown() {
        RecordKey key = new RecordKey("test", "orders");
        makeDirectoriesOf(key);
        for (byte value = 1; value <= 2; value++) {
            byte[] bytes = {value};
            RecordChange change = get(lossy.records().read(key))
                    .<RecordChange>map(found -> new RecordChange.Swap(key, bytes, found.version()))
                    .orElse(new RecordChange.Create(key, bytes));
            proxy.loseAnswers();
            CompletableFuture<CommitOutcome> commit =
                    lossy.records().commit(List.of(change)).toCompletableFuture();
            Eventually.that(
                    "the commit has arrived",
                    () -> get(direct.records().read(key))
                            .filter(found -> found.value()[0] == bytes[0])
                            .isPresent());
            proxy.cut();
            proxy.heal();
            assertThat(get(commit)).isEqualTo(new CommitOutcome.Unknown());
        }
    }

    private void makeDirectoriesOf(RecordKey key) {
        CommitOutcome created = get(direct.records().commit(List.of(new RecordChange.Create(key, new byte[1]))));
        long version = ((CommitOutcome.Committed) created).versions().getOrDefault(key, -1L);
        get(direct.records().commit(List.of(new RecordChange.Delete(key, version))));
    }

    private long cookieVersion() {
        return get(direct.registry().readCookie(ONE)).map(Versioned::version).orElse(-1L);
    }

    @Test
    void everythingGoesOnInANewSession() {
        get(direct.create(ledger(5), metadata(17)));
        get(direct.registry().register(bookie("other:1"), true, service("h9", 9)));
        get(lossy.registry().register(ONE, false, service("h1", 1)));
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        Subscription unused = lossy.watch(ledger(5), told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        long lost = lossy.sessionId();

        zooKeeper.expire(lost);
        Eventually.that("a new session is there", () -> lossy.sessionId() != lost && lossy.sessionId() != 0);
        Eventually.that("the bookie is registered in it", () -> owner() == lossy.sessionId());

        get(direct.swap(ledger(5), metadata(17).inRecovery(), 0));
        Eventually.that("the watch still works", () -> told.size() == 2);
        assertThat(told.get(1).orElseThrow().version()).isEqualTo(1);
        get(direct.registry().unregister(bookie("other:1")));
        Eventually.that(
                "the bookies are still followed",
                () -> lossy.bookies().equals(new BookieSnapshot(List.of(ONE), List.of())));
        get(lossy.delete(ledger(5)));
        Eventually.that("the end is told", () -> told.size() == 3);
    }

    private long owner() {
        try (TestZooKeeper.Client client = zooKeeper.client()) {
            Stat stat = client.nodes().exists("/ledgers/available/one:3181", false);
            return stat == null ? 0 : stat.getEphemeralOwner();
        } catch (KeeperException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changesMissedBetweenSessionsAreTold() {
        get(direct.create(ledger(5), metadata(17)));
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        Subscription unused = lossy.watch(ledger(5), told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        proxy.cut();
        zooKeeper.expire(lossy.sessionId());
        get(direct.swap(ledger(5), metadata(17).inRecovery(), 0));
        get(direct.registry().register(ONE, false, service("h1", 1)));
        proxy.heal();
        Eventually.that("the missed change is told", () -> told.size() == 2);
        Eventually.that(
                "the missed bookie is seen", () -> lossy.bookies().writable().equals(List.of(ONE)));
    }

    @Test
    void aBookieWhoseNameWasTakenMeanwhileIsTold() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        lossy.registry().onRegistrationLost(lost::countDown);
        get(lossy.registry().register(ONE, false, service("h1", 1)));
        proxy.cut();
        zooKeeper.expire(lossy.sessionId());
        try (TestZooKeeper.Client rival = zooKeeper.client()) {
            Eventually.that("the old registration is gone", () -> owner() == 0);
            rival.nodes()
                    .create(
                            "/ledgers/available/one:3181",
                            new byte[0],
                            ZooDefs.Ids.OPEN_ACL_UNSAFE,
                            CreateMode.EPHEMERAL);
            proxy.heal();
            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRestartedBookieWaitsForItsOwnPast() throws Exception {
        proxy.cut();
        try (TestZooKeeper.Client silent = zooKeeper.client()) {
            silent.nodes()
                    .create(
                            "/ledgers/available/one:3181",
                            new byte[0],
                            ZooDefs.Ids.OPEN_ACL_UNSAFE,
                            CreateMode.EPHEMERAL);
            long past = silent.nodes().getSessionId();
            CompletableFuture<Void> registered =
                    direct.registry().register(ONE, false, service("h1", 1)).toCompletableFuture();
            zooKeeper.expire(past);
            get(registered);
        }
        assertThat(owner()).isEqualTo(direct.sessionId());
    }

    @Test
    void aRestartOfTheServiceGoesUnnoticed() {
        get(direct.create(ledger(5), metadata(17)));
        get(direct.registry().register(ONE, false, service("h1", 1)));
        assertThat(get(lossy.resolve(ONE))).contains(new BookieAddress("h1", 1));
        Eventually.that("the bookie is seen", () -> lossy.bookies().writable().equals(List.of(ONE)));
        zooKeeper.stop();
        CompletableFuture<Optional<Versioned<LedgerMetadata>>> read =
                direct.read(ledger(5)).toCompletableFuture();
        CompletableFuture<SwapOutcome> swap =
                direct.swap(ledger(5), metadata(17).inRecovery(), 0).toCompletableFuture();
        assertThat(lossy.bookies().writable()).as("the last known list stays").containsExactly(ONE);
        Eventually.that(
                "a known address is found without the service",
                () -> get(lossy.resolve(ONE)).equals(Optional.of(new BookieAddress("h1", 1))));
        zooKeeper.startAgain();
        assertThat(get(read)).isPresent();
        assertThat(get(swap)).isIn(new SwapOutcome.Swapped(1), new SwapOutcome.Unknown());
        Eventually.that("the bookie is registered again", () -> owner() == direct.sessionId());
    }

    @Test
    void anOperationEndsAtItsDeadline() {
        try (ZooKeeperMetadataStore hasty = connect(proxy.port(), Duration.ofMillis(300))) {
            get(hasty.create(ledger(5), metadata(17)));
            proxy.cut();
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> get(hasty.read(ledger(5))))
                    .withMessageContaining("did not answer within 300 ms")
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_UNAVAILABLE));
            assertThat(get(hasty.swap(ledger(5), metadata(17).inRecovery(), 0))).isEqualTo(new SwapOutcome.Unknown());
            proxy.heal();
            Eventually.that("it works again", () -> worksAgain(hasty));
        }
    }

    private static boolean worksAgain(ZooKeeperMetadataStore store) {
        try {
            return get(store.read(ledger(5))).isPresent();
        } catch (LedgerException e) {
            return false;
        }
    }
}
