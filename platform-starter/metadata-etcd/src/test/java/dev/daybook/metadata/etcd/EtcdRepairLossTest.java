package dev.daybook.metadata.etcd;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.LossyProxy;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordedTerms;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.core.audit.Search;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repair's part of the metadata when answers, connections and leases get lost. */
class EtcdRepairLossTest {
    private final TestEtcd etcd = new TestEtcd();
    private final LossyProxy proxy = new LossyProxy(etcd.port());
    private MetadataStore directStore;
    private MetadataStore lossyStore;
    private RepairStore direct;
    private RepairStore lossy;

    @BeforeEach
    void connect() {
        directStore = connect(etcd.port());
        lossyStore = connect(proxy.port());
        direct = directStore.repairs();
        lossy = lossyStore.repairs();
    }

    private static MetadataStore connect(int port) {
        return MetadataStores.connectOrInitialise(
                MetadataUri.parse("etcd://127.0.0.1:" + port + "/cluster"),
                new MetadataTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        directStore.close();
        proxy.heal();
        lossyStore.close();
        proxy.close();
        etcd.close();
    }

    @Test
    void anAuditorThatWasCutOffChangesNothing() {
        RecordedTerms cutOff = new RecordedTerms();
        RecordedTerms successor = new RecordedTerms();
        Subscription unused = lossy.stand("lossy:1", cutOff);
        AuditorTerm stale = cutOff.await(1);
        Subscription unusedToo = direct.stand("direct:1", successor);
        proxy.cut();
        AuditorTerm term = successor.await(1);
        assertThat(term.epoch()).isGreaterThan(stale.epoch());
        assertThat(cutOff.inOffice()).as("it cannot know").isTrue();
        CompletableFuture<Void> late =
                stale.mark(ledger(1), Set.of(bookie("one:1"))).toCompletableFuture();
        proxy.heal();
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(late))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
        assertThat(get(direct.findMark(ledger(1)))).isEmpty();
        Eventually.that("it is told", () -> !cutOff.inOffice());
        get(term.complete(Search.PLACEMENT, 7));
        assertThat(get(lossy.completed(Search.PLACEMENT))).hasValue(7);
    }

    @Test
    void aVoteWhoseAnswerWasLostIsCastOnce() {
        RecordedTerms terms = new RecordedTerms();
        proxy.loseAnswersFrom("auditorelection/");
        Subscription standing = lossy.stand("lossy:1", terms);
        Eventually.that("the vote has arrived", () -> get(direct.auditor()).isPresent());
        proxy.cut();
        proxy.heal();
        terms.await(1);
        standing.close();
        Eventually.that("no vote stays behind", () -> get(direct.auditor()).isEmpty());
    }

    @Test
    void anUnmarkingWhoseAnswerWasLostIsRecognised() {
        get(direct.mark(ledger(1), Set.of()));
        long version = get(lossy.findMark(ledger(1))).orElseThrow().version();
        proxy.loseAnswers();
        CompletableFuture<Boolean> unmarked = lossy.unmark(ledger(1), version).toCompletableFuture();
        Eventually.that("it has arrived", () -> get(direct.findMark(ledger(1))).isEmpty());
        proxy.cut();
        proxy.heal();
        assertThat(get(unmarked)).isTrue();
    }

    @Test
    void whatHappenedWhileTheConnectionWasLostIsTold() {
        AtomicInteger told = new AtomicInteger();
        Subscription watching = lossy.watchMarks(told::incrementAndGet);
        Eventually.that("the marks are watched", () -> told.get() > 0);
        int before = told.get();
        proxy.cut();
        get(direct.mark(ledger(1), Set.of()));
        proxy.heal();
        Eventually.that("the mark is told", () -> told.get() > before);
        watching.close();
    }

    @Test
    void electionsGoOnAfterACrashOfTheService() {
        RecordedTerms terms = new RecordedTerms();
        Subscription unused = direct.stand("direct:1", terms);
        terms.await(1);
        etcd.kill();
        etcd.start();
        Eventually.that("there is an auditor", () -> get(lossy.auditor()).equals(Optional.of("direct:1")));
        Eventually.that("its present term can write", () -> canWrite(terms.term()));
    }

    private static boolean canWrite(AuditorTerm term) {
        try {
            get(term.mark(ledger(3), Set.of()));
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }
}
