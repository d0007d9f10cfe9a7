package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static dev.daybook.client.meta.Samples.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every metadata store promises about ledgers. Each adapter runs all of it. */
public abstract class MetadataStoreContract extends StoreContract {
    private static long created(CompletionStage<CreateOutcome> creation) {
        return ((CreateOutcome.Created) get(creation)).version();
    }

    private static long swapped(CompletionStage<SwapOutcome> swap) {
        return ((SwapOutcome.Swapped) get(swap)).version();
    }

    @Test
    void storesWhatWasCreated() {
        LedgerMetadata written = metadata(17);
        long version = created(store().create(ledger(5), written));
        Versioned<LedgerMetadata> stored = get(session().read(ledger(5))).orElseThrow();
        assertThat(stored.value()).isEqualTo(written);
        assertThat(stored.version()).isEqualTo(version);
        assertThat(stored.value().createdMillis().isPresent())
                .as("the store's own bookkeeping")
                .isEqualTo(cluster().keepsCreationTimes());
        assertThat(stored.value().createdStored()).isFalse();
    }

    @Test
    void knowsNoLedgerThatNobodyCreated() {
        assertThat(get(store().read(ledger(7)))).isEmpty();
        assertThat(get(store().swap(ledger(7), metadata(1), 0))).isEqualTo(new SwapOutcome.NoSuchLedger());
        get(store().delete(ledger(7)));
        assertThat(get(store().ledgers(Optional.empty(), 10))).isEmpty();
    }

    @Test
    void createsOnlyOnceButRecognisesItsOwnToken() {
        long version = created(store().create(ledger(5), metadata(17)));
        assertThat(get(session().create(ledger(5), metadata(18)))).isEqualTo(new CreateOutcome.Exists());
        assertThat(get(store().create(ledger(5), metadata(17)))).isEqualTo(new CreateOutcome.Created(version));
        swapped(store().swap(ledger(5), metadata(17).inRecovery(), version));
        assertThat(get(store().create(ledger(5), metadata(17))))
                .as("an update wipes the token out")
                .isEqualTo(new CreateOutcome.Exists());
    }

    @Test
    void recognisesNothingWithoutAToken() {
        LedgerMetadata old = Samples.withFormat(metadata(17), 2);
        get(store().create(ledger(5), old));
        assertThat(get(store().create(ledger(5), old))).isEqualTo(new CreateOutcome.Exists());
        get(store().create(ledger(6), metadata(0)));
        assertThat(get(store().create(ledger(6), metadata(0)))).isEqualTo(new CreateOutcome.Exists());
    }

    @Test
    void keepsTheFormatOfARecord() {
        for (int format = 1; format <= 3; format++) {
            get(store().create(ledger(format), Samples.withFormat(metadata(17), format)));
            Versioned<LedgerMetadata> stored = get(store().read(ledger(format))).orElseThrow();
            swapped(store().swap(ledger(format), stored.value().closedAt(new End(9, 90)), stored.version()));
            LedgerMetadata closed =
                    get(store().read(ledger(format))).orElseThrow().value();
            assertThat(closed.formatVersion()).isEqualTo(format);
            assertThat(closed.end()).contains(new End(9, 90));
        }
    }

    @Test
    void swapsOnlyTheVersionThatWasRead() {
        long first = created(store().create(ledger(5), metadata(17)));
        LedgerMetadata recovering = metadata(17).inRecovery();
        long second = swapped(store().swap(ledger(5), recovering, first));
        assertThat(second).as("versions ascend").isGreaterThan(first);
        LedgerMetadata closed = metadata(17).closedAt(new End(3, 30));
        for (long wrong : new long[] {first, -1, second + 1, Long.MAX_VALUE}) {
            assertThat(get(session().swap(ledger(5), closed, wrong))).isEqualTo(new SwapOutcome.Conflict());
        }
        assertThat(get(store().read(ledger(5)))).contains(new Versioned<>(recovering, second));
    }

    @Test
    void oneOfManySwappersWins() {
        long version = created(store().create(ledger(5), metadata(17)));
        MetadataStore other = session();
        List<CompletionStage<SwapOutcome>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(
                    (i % 2 == 0 ? store() : other).swap(ledger(5), metadata(17).closedAt(new End(i, i)), version));
        }
        List<SwapOutcome> outcomes = attempts.stream().map(Samples::get).toList();
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof SwapOutcome.Swapped))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof SwapOutcome.Conflict))
                .hasSize(19);
    }

    @Test
    void drawsIdsThatNobodyElseDraws() {
        MetadataStore other = session();
        List<CompletionStage<LedgerId>> drawn = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            drawn.add((i % 2 == 0 ? store() : other).generateLedgerId());
        }
        Set<LedgerId> ids = new TreeSet<>(drawn.stream().map(Samples::get).toList());
        assertThat(ids).hasSize(100);
    }

    @Test
    void listsLedgersPageByPageInOrder() {
        List<LedgerId> ids = Samples.spreadLedgers();
        ids.forEach(id -> get(store().create(id, metadata(id.value()))));
        assertThat(get(store().ledgers(Optional.empty(), 100))).isEqualTo(ids);
        for (int pageSize = 1; pageSize <= ids.size() + 1; pageSize++) {
            assertThat(pages(pageSize)).as("pages of " + pageSize).isEqualTo(ids);
        }
        for (int i = 0; i < ids.size(); i++) {
            assertThat(get(store().ledgers(Optional.of(ids.get(i)), 100))).isEqualTo(ids.subList(i + 1, ids.size()));
        }
        assertThat(get(store().ledgers(Optional.of(ledger(3)), 1))).containsExactly(ledger(9_999));
        assertThat(get(store().ledgers(Optional.empty(), 0))).isEmpty();
    }

    private List<LedgerId> pages(int pageSize) {
        List<LedgerId> all = new ArrayList<>();
        Optional<LedgerId> after = Optional.empty();
        for (List<LedgerId> page = get(store().ledgers(after, pageSize));
                !page.isEmpty();
                page = get(store().ledgers(after, pageSize))) {
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
            after = Optional.of(page.get(page.size() - 1));
        }
        return all;
    }

    @Test
    void forgetsDeletedLedgers() {
        Samples.spreadLedgers().forEach(id -> get(store().create(id, metadata(1))));
        Samples.spreadLedgers().forEach(id -> get(session().delete(id)));
        assertThat(get(store().ledgers(Optional.empty(), 100))).isEmpty();
        assertThat(get(store().read(ledger(0)))).isEmpty();
    }

    @Test
    void tellsWatchersEveryStateThatLasts() {
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        long first = created(store().create(ledger(5), metadata(17)));
        MetadataStore.Subscription unused = store().watch(ledger(5), told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        LedgerMetadata recovering = metadata(17).inRecovery();
        LedgerMetadata closed = recovering.closedAt(new End(3, 30));
        MetadataStore other = session();
        long second = swapped(other.swap(ledger(5), recovering, first));
        Eventually.that("the first change is told", () -> told.size() == 2);
        long third = swapped(other.swap(ledger(5), closed, second));
        Eventually.that("the second change is told", () -> told.size() == 3);
        get(other.delete(ledger(5)));
        Eventually.that("the end is told", () -> told.size() == 4);
        get(other.create(ledger(5), metadata(18)));
        Eventually.that("a new beginning is told", () -> told.size() == 5);
        assertThat(told.subList(0, 4))
                .containsExactly(
                        Optional.of(new Versioned<>(metadata(17), first)),
                        Optional.of(new Versioned<>(recovering, second)),
                        Optional.of(new Versioned<>(closed, third)),
                        Optional.empty());
        assertThat(told.get(4).orElseThrow().value()).isEqualTo(metadata(18));
    }

    @Test
    void tellsVersionsInOrderToWatchersThatFallBehind() {
        long version = created(store().create(ledger(5), metadata(17)));
        List<Long> versions = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription unused = store().watch(
                        ledger(5), record -> versions.add(record.orElseThrow().version()));
        MetadataStore other = session();
        for (int i = 0; i < 50; i++) {
            version = swapped(other.swap(ledger(5), metadata(17), version));
        }
        long last = version;
        Eventually.that("the last version is told", () -> versions.contains(last));
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsWatchersOfALedgerThatComesLater() {
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription unused = store().watch(ledger(5), told::add);
        Eventually.that("the absence is told", () -> told.size() == 1);
        long version = created(session().create(ledger(5), metadata(17)));
        Eventually.that("the creation is told", () -> told.size() == 2);
        assertThat(told).containsExactly(Optional.empty(), Optional.of(new Versioned<>(metadata(17), version)));
    }

    @Test
    void aListenerThatHangsHoldsNobodyUp() throws InterruptedException {
        if (!cluster().listenersHaveAThreadOfTheirOwn()) {
            return;
        }
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        MetadataStore.Subscription unused = store().watch(ledger(5), record -> {
            entered.countDown();
            awaitQuietly(released);
        });
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        long version = created(store().create(ledger(6), metadata(17)));
        swapped(store().swap(ledger(6), metadata(17).inRecovery(), version));
        get(store().delete(ledger(6)));
        released.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsNothingToAClosedSubscription() {
        List<Optional<Versioned<LedgerMetadata>>> silent = new CopyOnWriteArrayList<>();
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        long version = created(store().create(ledger(5), metadata(17)));
        MetadataStore.Subscription closed = store().watch(ledger(5), silent::add);
        Eventually.that("the present state is told", () -> silent.size() == 1);
        closed.close();
        closed.close();
        MetadataStore.Subscription unused = store().watch(ledger(5), told::add);
        Eventually.that("the other one hears it", () -> told.size() == 1);
        swapped(store().swap(ledger(5), metadata(17), version));
        Eventually.that("the other one hears it", () -> told.size() == 2);
        assertThat(silent).hasSize(1);
    }

    @Test
    void aFailingListenerDisturbsNobody() {
        long version = created(store().create(ledger(5), metadata(17)));
        List<Optional<Versioned<LedgerMetadata>>> told = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription unusedToo = store().watch(ledger(5), record -> {
            throw new IllegalStateException("thrown by a test's listener");
        });
        MetadataStore.Subscription unused = store().watch(ledger(5), told::add);
        long next = swapped(store().swap(ledger(5), metadata(17), version));
        Eventually.that(
                "the other one hears it",
                () -> told.stream().anyMatch(record -> record.orElseThrow().version() == next));
    }

    @Test
    void refusesWorkAfterClosing() {
        store().close();
        store().close();
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(store().read(ledger(5))))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CLOSED));
    }

    @Test
    void tellsTheInstanceAndThatTheClusterExists() {
        assertThat(get(store().instanceId()))
                .hasValueSatisfying(id -> assertThat(id).isNotBlank());
        assertThat(get(store().instanceId())).isEqualTo(get(session().instanceId()));
        assertThat(get(store().registry().initialiseCluster())).isFalse();
        assertThat(get(store().resolve(bookie("host:1")))).isPresent();
    }
}
