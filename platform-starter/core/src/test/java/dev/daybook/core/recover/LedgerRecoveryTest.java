package dev.daybook.core.recover;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static dev.daybook.core.recover.RecoveryScript.TIMEOUT;
import static dev.daybook.core.write.AddReply.FAILED;
import static dev.daybook.core.write.AddReply.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import org.junit.jupiter.api.Test;

class LedgerRecoveryTest {
    private static final LedgerMetadata LEDGER = open(quorum(3, 3, 2), "b1 b2 b3");
    private static final LedgerMetadata SECOND_FRAGMENT = LEDGER.withFragment(new Fragment(4, bookies("b1 b4 b3")));
    private static final LastEntry NOTHING = new LastEntry(-1, -1, 0);

    @Test
    void marksBeforeItFences() {
        RecoveryScript script = new RecoveryScript(LEDGER, "b1 b2 b3");
        assertThat(script.start()).containsExactly("swap v5 IN_RECOVERY 0:b1,b2,b3");
        assertThat(script.swapped(new SwapReply.Swapped(6))).containsExactly("fence b1", "fence b2", "fence b3");
    }

    @Test
    void fencesTheEnsembleThatIsStoredWhenTheMarkSucceeds() {
        RecoveryScript script = new RecoveryScript(LEDGER, "b1 b2 b3 b4");
        script.start();
        assertThat(script.swapped(new SwapReply.Conflict())).containsExactly("read metadata");
        assertThat(script.record(SECOND_FRAGMENT, 6)).containsExactly("swap v6 IN_RECOVERY 0:b1,b2,b3 4:b1,b4,b3");
        assertThat(script.swapped(new SwapReply.Swapped(7))).containsExactly("fence b1", "fence b4", "fence b3");
    }

    @Test
    void joinsARecoveryUnderWayAndAdoptsAClosedLedger() {
        assertThat(new RecoveryScript(LEDGER.inRecovery(), "b1 b2 b3").start())
                .containsExactly("fence b1", "fence b2", "fence b3");
        assertThat(new RecoveryScript(LEDGER.closedAt(new LedgerMetadata.End(3, 9)), "b1").start())
                .containsExactly("closed CLOSED@3/9 0:b1,b2,b3");
    }

    @Test
    void anEmptyLedgerClosesEmptyWithoutWaitingForASilentBookie() {
        RecoveryScript script = new RecoveryScript(LEDGER.inRecovery(), "b1 b2 b3");
        script.start();
        assertThat(script.fence("b1", Answer.negative())).isEmpty();
        assertThat(script.fence("b3", Answer.negative()))
                .containsExactly("fencing read e0 from b1", "fencing read e0 from b2", "fencing read e0 from b3");
        assertThat(script.absent("b3", 0)).isEmpty();
        assertThat(script.absent("b1", 0)).containsExactly("swap v5 CLOSED@-1/0 0:b1,b2,b3");
        assertThat(script.swapped(new SwapReply.Swapped(6))).containsExactly("closed CLOSED@-1/0 0:b1,b2,b3");
    }

    @Test
    void oneCopyIsEnoughToExistAndIsWrittenBackToTheWholeWriteSet() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", new LastEntry(4, 3, 50), "b1 b2");
        assertThat(script.absent("b1", 4)).isEmpty();
        assertThat(script.found("b3", 4, 50))
                .containsExactly(
                        "write back e4 to b2 lac 3 length 50",
                        "write back e4 to b3 lac 3 length 50",
                        "write back e4 to b1 lac 3 length 50",
                        "fencing read e5 from b3",
                        "fencing read e5 from b1",
                        "fencing read e5 from b2");
        script.absent("b1", 5);
        assertThat(script.absent("b3", 5)).as("e4 has no ack quorum yet").isEmpty();
        script.add("b1", 4, STORED);
        assertThat(script.add("b2", 4, STORED)).containsExactly("release p4", "swap v5 CLOSED@4/50 0:b1,b2,b3");
    }

    /** The scenario of the peer's issue 2614: without the fence b3 could acknowledge e0 after it denied having it. */
    @Test
    void everyRecoveryReadFences() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1");
        assertThat(script.fence("b2", Answer.negative()))
                .containsExactly("fencing read e0 from b1", "fencing read e0 from b2", "fencing read e0 from b3");
    }

    @Test
    void unknownAnswersCountForNeitherSide() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        assertThat(script.unknown("b1", 0, Answer.Reason.DIGEST_MISMATCH)).isEmpty();
        assertThat(script.absent("b2", 0)).isEmpty();
        assertThat(script.unknown("b3", 0, TIMEOUT)).containsExactly("failed BOOKIES_UNAVAILABLE");
    }

    @Test
    void anUncoveredFencingRoundFails() {
        RecoveryScript script = new RecoveryScript(LEDGER.inRecovery(), "b1 b2 b3");
        script.start();
        script.fence("b1", Answer.negative());
        script.fence("b2", Answer.unknown(TIMEOUT));
        assertThat(script.fence("b3", Answer.unknown(TIMEOUT))).containsExactly("failed TIMEOUT");
    }

    @Test
    void aWrongPasswordEndsItAtOnce() {
        RecoveryScript script = new RecoveryScript(LEDGER.inRecovery(), "b1 b2 b3");
        script.start();
        assertThat(script.fence("b1", Answer.unknown(Answer.Reason.UNAUTHORIZED)))
                .containsExactly("failed UNAUTHORIZED");
    }

    /** The peer's issue 2615: bookies of a fresh fragment know no confirmed entry. */
    @Test
    void startsNoLowerThanTheLastFragmentAndTakesTheLengthFromTheOneBefore() {
        RecoveryScript script = RecoveryScript.fenced(SECOND_FRAGMENT, "b1 b2 b3 b4", NOTHING, "b1");
        assertThat(script.fence("b4", Answer.negative())).first().isEqualTo("fencing read e4 from b4");
        script.absent("b4", 4);
        assertThat(script.absent("b3", 4)).containsExactly("read e3 from b1", "read e3 from b2", "read e3 from b3");
        script.unknown("b1", 3, TIMEOUT);
        assertThat(script.found("b2", 3, 44))
                .containsExactly("discard p3", "swap v5 CLOSED@3/44 0:b1,b2,b3 4:b1,b4,b3");
    }

    @Test
    void theLengthBelongsToTheLastEntryNotToAnUnconfirmedOneAbove() {
        RecoveryScript script = new RecoveryScript(LEDGER.inRecovery(), "b1 b2 b3");
        script.start();
        script.fence("b1", Answer.positive(new LastEntry(9, 7, 100)));
        script.fence("b2", Answer.positive(new LastEntry(7, 6, 80)));
        script.absent("b2", 8);
        assertThat(script.absent("b3", 8)).containsExactly("swap v5 CLOSED@7/80 0:b1,b2,b3");
    }

    @Test
    void aFailedWriteBackChangesTheEnsembleLocallyAndReadsGoOnInTheCohort() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3 b4", NOTHING, "b1 b2");
        script.found("b1", 0, 1);
        assertThat(script.add("b2", 0, FAILED)).containsExactly("write back e0 to b4 lac -1 length 1");
        assertThat(script.found("b1", 1, 2))
                .containsExactly(
                        "write back e1 to b4 lac -1 length 2",
                        "write back e1 to b3 lac -1 length 2",
                        "write back e1 to b1 lac -1 length 2",
                        "fencing read e2 from b3",
                        "fencing read e2 from b1",
                        "fencing read e2 from b2");
        script.absent("b2", 2);
        script.absent("b3", 2);
        script.add("b1", 0, STORED);
        script.add("b4", 0, STORED);
        script.add("b3", 1, STORED);
        assertThat(script.add("b4", 1, STORED)).containsExactly("release p1", "swap v5 CLOSED@1/2 0:b1,b4,b3");
    }

    /** What only this recovery has stored must not look confirmed to anybody: it may die, or the writer may close. */
    @Test
    void headersOfWrittenBackEntriesConfirmNothingNew() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.found("b1", 0, 1);
        script.add("b1", 0, STORED);
        script.add("b2", 0, STORED);
        assertThat(script.found("b1", 1, 2)).contains("write back e1 to b1 lac -1 length 2");
    }

    @Test
    void withoutReplacementTwoOfThreeStillRecover() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.found("b1", 0, 1);
        assertThat(script.add("b3", 0, FAILED)).isEmpty();
        script.add("b1", 0, STORED);
        script.add("b2", 0, STORED);
        script.absent("b1", 1);
        assertThat(script.absent("b2", 1)).containsExactly("swap v5 CLOSED@0/1 0:b1,b2,b3");
    }

    @Test
    void withoutAnAckQuorumItFailsAndGivesPayloadsBack() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.found("b1", 0, 1);
        script.add("b3", 0, FAILED);
        assertThat(script.add("b2", 0, FAILED)).containsExactly("release p0", "failed NOT_ENOUGH_BOOKIES");
        assertThat(script.found("b2", 1, 2)).containsExactly("discard p1");
    }

    @Test
    void whoeverClosesFirstIsRight() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.absent("b1", 0);
        script.absent("b2", 0);
        assertThat(script.swapped(new SwapReply.Conflict())).containsExactly("read metadata");
        LedgerMetadata other = LEDGER.inRecovery().closedAt(new LedgerMetadata.End(0, 1));
        assertThat(script.record(other, 6)).containsExactly("closed CLOSED@0/1 0:b1,b2,b3");
    }

    @Test
    void aLostAnswerOfTheClosingSwapIsSettledByReading() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.absent("b1", 0);
        script.absent("b2", 0);
        assertThat(script.swapped(new SwapReply.Unknown())).containsExactly("read metadata");
        assertThat(script.record(LEDGER.inRecovery(), 5)).containsExactly("swap v5 CLOSED@-1/0 0:b1,b2,b3");
    }

    @Test
    void aCohortThatChangedInTheRecordStopsIt() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", NOTHING, "b1 b2");
        script.absent("b1", 0);
        script.absent("b2", 0);
        script.swapped(new SwapReply.Conflict());
        assertThat(script.record(open(quorum(3, 3, 2), "b1 b9 b3").inRecovery(), 6))
                .containsExactly("failed METADATA_CONFLICT");
    }

    @Test
    void whenEveryCopyOfTheLastEntryIsGoneTheLedgerStillCloses() {
        RecoveryScript script = RecoveryScript.fenced(LEDGER, "b1 b2 b3", new LastEntry(9, 7, 100), "b1 b2");
        script.absent("b1", 8);
        assertThat(script.absent("b2", 8)).hasSize(3);
        script.absent("b1", 7);
        script.absent("b2", 7);
        assertThat(script.absent("b3", 7)).containsExactly("swap v5 CLOSED@7/100 0:b1,b2,b3");
    }
}
