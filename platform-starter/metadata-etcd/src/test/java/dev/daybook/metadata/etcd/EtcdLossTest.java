package dev.daybook.metadata.etcd;

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
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost answers, lost connections, ended leases, compaction and a restarted service. */
class EtcdLossTest {
    private static final BookieId ONE = bookie("one:3181");
    private static TestEtcd etcd;
    private static int clusters;

    private String root;
    private LossyProxy proxy;
    private EtcdMetadataStore direct;
    private EtcdMetadataStore lossy;

    @BeforeAll
    static void startServer() {
        etcd = new TestEtcd();
    }

    @AfterAll
    static void stopServer() {
        if (etcd != null) {
            etcd.close();
        }
    }

    @BeforeEach
    void connect() {
        proxy = new LossyProxy(etcd.port());
        root = "/cluster" + clusters++;
        direct = connect(etcd.port(), Duration.ofSeconds(30));
        lossy = connect(proxy.port(), Duration.ofSeconds(30));
    }

    private EtcdMetadataStore connect(int port, Duration operationTimeout) {
        return (EtcdMetadataStore) MetadataStores.connectOrInitialise(
                MetadataUri.parse("etcd://127.0.0.1:" + port + root),
                new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), operationTimeout));
    }

    @AfterEach
    void close() {
        direct.close();
        proxy.heal();
        lossy.close();
        proxy.close();
    }

    private static long created(MetadataStore store, long id) {
        return ((CreateOutcome.Created) get(store.create(ledger(id), metadata(17)))).version();
    }

    private Optional<Versioned<LedgerMetadata>> stored(long id) {
        return get(direct.read(ledger(id)));
    }

    @Test
    void aSwapWhoseAnswerWasLostIsUnknown() {
        long version = created(direct, 5);
        LedgerMetadata closed = metadata(17).closedAt(new End(3, 30));
        proxy.loseAnswers();
        CompletableFuture<SwapOutcome> swap =
                lossy.swap(ledger(5), closed, version).toCompletableFuture();
        Eventually.that("the swap has arrived", () -> stored(5).orElseThrow().version() > version);
        proxy.cut();
        proxy.heal();
        assertThat(get(swap)).isEqualTo(new SwapOutcome.Unknown());
        assertThat(get(lossy.read(ledger(5))).orElseThrow().value()).isEqualTo(closed);
    }

    @Test
    void aSwapThatNeverArrivedIsRepeated() {
        long version = created(direct, 5);
        proxy.cut();
        CompletableFuture<SwapOutcome> swap =
                lossy.swap(ledger(5), metadata(17).inRecovery(), version).toCompletableFuture();
        proxy.heal();
        assertThat(get(swap)).isInstanceOf(SwapOutcome.Swapped.class);
    }

    @Test
    void aCreationWhoseAnswerWasLostIsRecognised() {
        proxy.loseAnswers();
        CompletableFuture<CreateOutcome> create =
                lossy.create(ledger(5), metadata(17)).toCompletableFuture();
        Eventually.that("the creation has arrived", () -> stored(5).isPresent());
        proxy.cut();
        proxy.heal();
        assertThat(get(create))
                .isEqualTo(new CreateOutcome.Created(stored(5).orElseThrow().version()));
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
    void aDeletionWhoseAnswerWasLostTakesNoSuccessorAway() {
        created(direct, 5);
        proxy.loseAnswersFrom(new EtcdKeys(root).ledger(ledger(5)));
        CompletableFuture<Void> deleted = lossy.delete(ledger(5)).toCompletableFuture();
        Eventually.that("the deletion has arrived", () -> stored(5).isEmpty());
        get(direct.create(ledger(5), metadata(99)));
        proxy.cut();
        proxy.heal();
        get(deleted);
        assertThat(stored(5).orElseThrow().value()).isEqualTo(metadata(99));
    }

    @Test
    void cookieOperationsWhoseAnswersWereLostAreRecognised() {
        BookieRegistry registry = lossy.registry();
        proxy.loseAnswers();
        CompletableFuture<Boolean> created =
                registry.createCookie(ONE, new byte[] {5}).toCompletableFuture();
        Eventually.that("the cookie has arrived", () -> cookieVersion() > 0);
        proxy.cut();
        proxy.heal();
        assertThat(get(created)).isTrue();
        long first = cookieVersion();
        proxy.loseAnswers();
        CompletableFuture<Boolean> updated =
                registry.updateCookie(ONE, new byte[] {6}, first).toCompletableFuture();
        Eventually.that("the update has arrived", () -> cookieVersion() > first);
        proxy.cut();
        proxy.heal();
        assertThat(get(updated)).isTrue();
        long second = cookieVersion();
        proxy.loseAnswers();
        CompletableFuture<Boolean> deleted = registry.deleteCookie(ONE, second).toCompletableFuture();
        Eventually.that("the deletion has arrived", () -> cookieVersion() == -1);
        proxy.cut();
        proxy.heal();
        assertThat(get(deleted)).isTrue();
    }

    private long cookieVersion() {
        return get(direct.registry().readCookie(ONE)).map(Versioned::version).orElse(-1L);
    }

    @Test
    void everythingGoesOnAfterTheLeaseHasEnded() {
        long version = created(direct, 5);
        get(lossy.registry().register(ONE, false, service("h1", 1)));
        LedgerLock lock = get(lossy.repairs().lock(ledger(5), "host-a")).orElseThrow();
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        Subscription unused = lossy.watch(ledger(5), told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        long lost = lossy.leaseId();
        awaitBookieSeenByBoth();

        proxy.cut();
        Eventually.that("the bookie is gone", () -> direct.bookies().writable().isEmpty());
        assertThat(get(direct.repairs().lock(ledger(5), "host-b")))
                .as("so is the lock")
                .isPresent();
        get(direct.swap(ledger(5), metadata(17).inRecovery(), version));
        assertThat(lossy.bookies().writable()).as("the last known list stays").containsExactly(ONE);
        proxy.heal();

        Eventually.that("there is a new lease", () -> lossy.leaseId() != lost && lossy.leaseId() != 0);
        Eventually.that(
                "the bookie is registered on it",
                () -> direct.bookies().equals(new BookieSnapshot(List.of(ONE), List.of())));
        Eventually.that("what was missed is told", () -> told.size() == 2);
        get(lock.release());
        assertThat(get(lossy.repairs().lock(ledger(5), "host-a")))
                .as("the lock stays with its new holder")
                .isEmpty();
        get(direct.delete(ledger(5)));
        Eventually.that("the watch still works", () -> told.size() == 3);
    }

    private void awaitBookieSeenByBoth() {
        BookieSnapshot one = new BookieSnapshot(List.of(ONE), List.of());
        Eventually.that(
                "both see the bookie",
                () -> direct.bookies().equals(one) && lossy.bookies().equals(one));
    }

    @Test
    void aWatchThatTheServiceCannotServeAnyMoreIsLost() throws Exception {
        created(direct, 5);
        created(direct, 6);
        long revision = stored(6).orElseThrow().version();
        etcd.compact(revision);
        CountDownLatch lost = new CountDownLatch(1);
        MetadataTimeouts timeouts =
                new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30));
        try (EtcdSession session = EtcdSession.open(MetadataAccess.plain(etcd.uri(root), timeouts))) {
            WatchStream.Watch late = new WatchStream.Watch() {
                @Override
                public void onEvents(WatchResponse response) {}

                @Override
                public void onWatchLost() {
                    lost.countDown();
                }
            };
            WatchCreateRequest past = WatchCreateRequest.newBuilder()
                    .setKey(Keyspace.bytes(root))
                    .setStartRevision(revision - 1)
                    .build();
            session.loop().execute(() -> session.watches().open(late, past));
            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void changesWhileTheStreamWasBrokenAreToldAfterACompaction() {
        long version = created(direct, 5);
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        Subscription unused = lossy.watch(ledger(5), told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        proxy.cut();
        get(direct.swap(ledger(5), metadata(17).inRecovery(), version));
        created(direct, 6);
        etcd.compact(stored(6).orElseThrow().version());
        proxy.heal();
        Eventually.that("the missed change is told", () -> told.size() == 2);
        get(direct.delete(ledger(5)));
        Eventually.that("the watch still works", () -> told.size() == 3);
    }

    @Test
    void aBookieWhoseNameWasTakenMeanwhileIsTold() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        lossy.registry().onRegistrationLost(lost::countDown);
        get(lossy.registry().register(ONE, false, service("h1", 1)));
        awaitBookieSeenByBoth();
        proxy.cut();
        Eventually.that("the bookie is gone", () -> direct.bookies().writable().isEmpty());
        get(direct.registry().register(ONE, false, service("h2", 2)));
        proxy.heal();
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRestartedBookieWaitsForItsOwnPast() {
        get(lossy.registry().register(ONE, false, service("h1", 1)));
        proxy.cut();
        get(direct.registry().register(ONE, false, service("h2", 2)));
        assertThat(get(direct.resolve(ONE))).contains(new BookieAddress("h2", 2));
    }

    @Test
    void aCrashOfTheServiceGoesUnnoticed() {
        long version = created(direct, 5);
        get(direct.registry().register(ONE, false, service("h1", 1)));
        assertThat(get(lossy.resolve(ONE))).contains(new BookieAddress("h1", 1));
        Eventually.that("the bookie is seen", () -> lossy.bookies().writable().equals(List.of(ONE)));
        etcd.kill();
        CompletableFuture<Optional<Versioned<LedgerMetadata>>> read =
                direct.read(ledger(5)).toCompletableFuture();
        CompletableFuture<SwapOutcome> swap =
                direct.swap(ledger(5), metadata(17).inRecovery(), version).toCompletableFuture();
        assertThat(lossy.bookies().writable()).as("the last known list stays").containsExactly(ONE);
        Eventually.that(
                "a known address is found without the service",
                () -> get(lossy.resolve(ONE)).equals(Optional.of(new BookieAddress("h1", 1))));
        etcd.start();
        assertThat(get(read)).isPresent();
        assertThat(get(swap)).isInstanceOfAny(SwapOutcome.Swapped.class, SwapOutcome.Unknown.class);
        Eventually.that(
                "the bookie is registered", () -> get(direct.bookieRecords()).size() == 1);
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        Subscription unused = lossy.watch(ledger(5), told::add);
        Eventually.that("watching works", () -> told.size() == 1);
    }

    @Test
    void anOperationEndsAtItsDeadline() {
        try (EtcdMetadataStore hasty = connect(proxy.port(), Duration.ofMillis(600))) {
            long version = created(hasty, 5);
            proxy.cut();
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> get(hasty.read(ledger(5))))
                    .withMessageContaining("did not answer within 600 ms")
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_UNAVAILABLE));
            assertThat(get(hasty.swap(ledger(5), metadata(17).inRecovery(), version)))
                    .isEqualTo(new SwapOutcome.Unknown());
            proxy.heal();
            Eventually.that("it works again", () -> worksAgain(hasty));
        }
    }

    private static boolean worksAgain(MetadataStore store) {
        try {
            return get(store.read(ledger(5))).isPresent();
        } catch (LedgerException e) {
            return false;
        }
    }

    @Test
    void aServiceThatOnlyAcceptsConnectionsIsGivenUp() {
        proxy.loseAnswers();
        try (EtcdMetadataStore other = connect(etcd.port(), Duration.ofMillis(600))) {
            created(other, 7);
        }
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> MetadataStores.connect(
                        MetadataUri.parse("etcd://127.0.0.1:" + proxy.port() + root),
                        new MetadataTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(30))))
                .withMessageContaining("did not answer within 500 ms")
                .withMessageContaining("daybook.metadata-uri");
    }

    @Test
    void anotherMemberIsAskedWhenOneIsSilent() {
        MetadataUri both = MetadataUri.parse("etcd://127.0.0.1:" + proxy.port() + ";127.0.0.1:" + etcd.port() + root);
        try (MetadataStore store = MetadataStores.connect(
                both, new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(3)))) {
            created(store, 5);
            proxy.loseAnswers();
            assertThat(get(store.read(ledger(5)))).isPresent();
            proxy.cut();
            assertThat(get(store.read(ledger(5)))).isPresent();
        }
    }
}
