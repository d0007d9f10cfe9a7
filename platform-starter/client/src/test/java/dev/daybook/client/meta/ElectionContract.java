package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every metadata store promises about the election of the auditor. Each adapter runs all of it. */
public abstract class ElectionContract extends StoreContract {
    private static final BookieId ONE = bookie("b1:3181");
    private static final BookieId TWO = bookie("b2:3181");
    private static final BookieId THREE = bookie("b3:3181");

    private RepairStore repairs;

    @BeforeEach
    void findRepairs() {
        repairs = store().repairs();
    }

    private List<BookieId> missing(long id) {
        return get(repairs.findMark(ledger(id))).orElseThrow().value().missing();
    }

    private static void refused(CompletionStage<?> write) {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(write))
                .withMessageContaining("is over")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
    }

    @Test
    void oneCandidateAfterTheOtherIsElected() {
        RecordedTerms first = new RecordedTerms();
        Subscription standing = repairs.stand("one:1", first);
        AuditorTerm firstTerm = first.await(1);
        MetadataStore two = session();
        MetadataStore three = session();
        RecordedTerms second = new RecordedTerms();
        RecordedTerms third = new RecordedTerms();
        Subscription standingTwo = two.repairs().stand("two:1", second);
        Subscription standingThree = three.repairs().stand("three:1", third);
        assertThat(get(three.repairs().auditor())).contains("one:1");
        standing.close();
        Eventually.that("one of them follows", () -> second.inOffice() || third.inOffice());
        boolean twoFollowed = second.inOffice();
        AuditorTerm secondTerm = twoFollowed ? second.term() : third.term();
        assertThat(secondTerm.epoch()).isGreaterThan(firstTerm.epoch());
        assertThat(get(repairs.auditor())).contains(twoFollowed ? "two:1" : "three:1");
        refused(firstTerm.mark(ledger(5), Set.of(ONE)));
        get(secondTerm.mark(ledger(5), Set.of(ONE)));
        assertThat(first.inOffice()).as("who withdraws is told nothing more").isTrue();
        (twoFollowed ? two : three).close();
        AuditorTerm thirdTerm = (twoFollowed ? third : second).await(1);
        assertThat(thirdTerm.epoch()).isGreaterThan(secondTerm.epoch());
        get(thirdTerm.mark(ledger(5), Set.of(TWO)));
        standingTwo.close();
        standingThree.close();
    }

    @Test
    void aStoreStandsOnceAtATime() {
        Subscription standing = repairs.stand("one:1", new RecordedTerms());
        assertThatIllegalStateException().isThrownBy(() -> repairs.stand("one:1", new RecordedTerms()));
        standing.close();
        RecordedTerms again = new RecordedTerms();
        Subscription unused = repairs.stand("one:1", again);
        Eventually.that("it is elected", again::inOffice);
    }

    @Test
    void theAuditorWritesInItsTerm() {
        RecordedTerms terms = new RecordedTerms();
        Subscription standing = repairs.stand("one:1", terms);
        AuditorTerm term = terms.await(1);
        get(term.mark(ledger(5), Set.of(ONE)));
        get(term.mark(ledger(5), Set.of(TWO)));
        get(term.complete(Search.PLACEMENT, 1));
        get(term.complete(Search.PLACEMENT, 2));
        get(term.complete(Search.LOST_BOOKIES, 3));
        assertThat(missing(5)).containsExactly(ONE, TWO);
        assertThat(get(repairs.completed(Search.PLACEMENT))).hasValue(2);
        standing.close();
        Eventually.that("the vote is taken back", () -> get(repairs.auditor()).isEmpty());
        refused(term.mark(ledger(5), Set.of(THREE)));
        refused(term.mark(ledger(6), Set.of(THREE)));
        refused(term.complete(Search.PLACEMENT, 4));
        refused(term.complete(Search.REPLICA_COUNT, 4));
        assertThat(get(repairs.findMark(ledger(6)))).isEmpty();
        assertThat(missing(5)).containsExactly(ONE, TWO);
        assertThat(get(repairs.completed(Search.PLACEMENT))).hasValue(2);
        RecordedTerms later = new RecordedTerms();
        Subscription unused = repairs.stand("one:1", later);
        assertThat(later.await(1).epoch()).isGreaterThan(term.epoch());
    }

    @Test
    void aTermEndsWithItsSession() {
        RecordedTerms first = new RecordedTerms();
        RecordedTerms second = new RecordedTerms();
        Subscription unused = repairs.stand("one:1", first);
        AuditorTerm stale = first.await(1);
        MetadataStore other = session();
        Subscription standing = other.repairs().stand("two:1", second);
        cluster().loseSession(store());
        Eventually.that("one of them is elected", () -> first.count() + second.count() == 2);
        refused(stale.mark(ledger(5), Set.of(ONE)));
        refused(stale.complete(Search.MISSING_COPIES, 7));
        assertThat(get(other.repairs().findMark(ledger(5)))).isEmpty();
        assertThat(get(other.repairs().completed(Search.MISSING_COPIES))).isEmpty();
        standing.close();
        AuditorTerm later = first.await(2);
        assertThat(later.epoch()).isGreaterThan(stale.epoch());
        get(later.mark(ledger(5), Set.of(ONE)));
        refused(stale.mark(ledger(5), Set.of(TWO)));
    }
}
