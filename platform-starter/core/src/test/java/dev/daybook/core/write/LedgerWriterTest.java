package dev.daybook.core.write;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.cluster;
import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static dev.daybook.core.write.AddReply.FAILED;
import static dev.daybook.core.write.AddReply.FENCED;
import static dev.daybook.core.write.AddReply.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerWriterTest {
    private final WriterScript script = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3 b4 b5");

    @Test
    void anEntryGoesToItsWriteSetAndIsAcknowledgedByAnAckQuorum() {
        assertThat(script.append("ab"))
                .containsExactly(
                        "add e0 to b1 lac -1 length 2", "add e0 to b2 lac -1 length 2", "add e0 to b3 lac -1 length 2");
        assertThat(script.reply("b1", 0, STORED)).isEmpty();
        assertThat(script.reply("b1", 0, STORED))
                .as("the same bookie counts once")
                .isEmpty();
        assertThat(script.reply("b3", 0, STORED)).containsExactly("release ab", "ack e0");
        assertThat(script.append("c"))
                .containsExactly(
                        "add e1 to b2 lac 0 length 3", "add e1 to b3 lac 0 length 3", "add e1 to b1 lac 0 length 3");
    }

    @Test
    void stripingSendsToTheWriteSetOnly() {
        WriterScript striped = new WriterScript(quorum(3, 2, 2), "b1 b2 b3", "b1 b2 b3");
        striped.append("a");
        assertThat(striped.append("b")).containsExactly("add e1 to b2 lac -1 length 2", "add e1 to b3 lac -1 length 2");
    }

    @Test
    void acknowledgementsComeInEntryOrder() {
        script.append("a");
        script.append("b");
        assertThat(script.stored(1, "b1 b2 b3")).isEmpty();
        assertThat(script.stored(0, "b1 b2")).containsExactly("release a", "ack e0", "release b", "ack e1");
    }

    @Test
    void nothingIsAcknowledgedWhileTheEnsembleChanges() {
        script.append("a");
        script.append("b");
        script.stored(0, "b1 b2");
        assertThat(script.reply("b3", 1, FAILED)).containsExactly("swap v0 OPEN 0:b1,b2,b3 1:b1,b2,b4");
        assertThat(script.stored(1, "b1 b2")).isEmpty();
        assertThat(script.swapped(new SwapReply.Swapped(1)))
                .containsExactly("add e1 to b4 lac -1 length 2", "release b", "ack e1");
    }

    @Test
    void acksOfAReplacedBookieAreRevoked() {
        script.append("a");
        script.append("b");
        script.reply("b3", 1, STORED);
        assertThat(script.reply("b3", 0, FAILED)).containsExactly("swap v0 OPEN 0:b1,b2,b4");
        script.reply("b1", 1, STORED);
        assertThat(script.swapped(new SwapReply.Swapped(1)))
                .containsExactly("add e0 to b4 lac -1 length 1", "add e1 to b4 lac -1 length 2");
        assertThat(script.reply("b3", 0, STORED)).as("b3 says nothing any more").isEmpty();
        assertThat(script.stored(0, "b1 b2")).containsExactly("release a", "ack e0");
        assertThat(script.reply("b4", 1, STORED)).containsExactly("release b", "ack e1");
    }

    @Test
    void severalFailuresAreReplacedAtOnceAndFailuresDuringAChangeAreMerged() {
        script.append("a");
        assertThat(script.reply("b1", 0, FAILED)).containsExactly("swap v0 OPEN 0:b4,b2,b3");
        assertThat(script.reply("b2", 0, FAILED)).isEmpty();
        assertThat(script.swapped(new SwapReply.Swapped(1))).containsExactly("swap v1 OPEN 0:b4,b5,b3");
        assertThat(script.swapped(new SwapReply.Swapped(2)))
                .containsExactly("add e0 to b4 lac -1 length 1", "add e0 to b5 lac -1 length 1");
        assertThat(script.stored(0, "b4 b5")).containsExactly("release a", "ack e0");
    }

    @Test
    void aFailureAfterCompletionReplacesTheBookieWithTheNextAdd() {
        script.append("a");
        script.stored(0, "b1 b2");
        assertThat(script.reply("b3", 0, FAILED)).isEmpty();
        assertThat(script.append("b")).last().isEqualTo("swap v0 OPEN 0:b1,b2,b3 1:b1,b2,b4");
    }

    @Test
    void aLostBookieIsReplacedNowIfAddsWaitForItAndLaterOtherwise() {
        script.append("a");
        script.stored(0, "b1 b2 b3");
        script.writer.onBookieFailed(bookies("b2").get(0));
        assertThat(script.drain()).isEmpty();
        assertThat(script.append("b")).last().isEqualTo("swap v0 OPEN 0:b1,b2,b3 1:b1,b4,b3");
        script.swapped(new SwapReply.Swapped(1));
        script.writer.onBookieFailed(bookies("b3").get(0));
        assertThat(script.drain())
                .as("b2 has been given up, but only for the change before")
                .containsExactly("swap v1 OPEN 0:b1,b2,b3 1:b1,b4,b2");
    }

    @Test
    void whenOnlySomeCanBeReplacedTheChangeGoesAheadWithThose() {
        WriterScript four = new WriterScript(quorum(3, 3, 1), "b1 b2 b3", "b1 b2 b3 b4");
        four.append("a");
        four.append("b");
        four.reply("b1", 0, FAILED);
        four.reply("b2", 0, FAILED);
        assertThat(four.swapped(new SwapReply.Conflict())).containsExactly("read metadata");
        assertThat(four.read(open(quorum(3, 3, 1), "b1 b2 b3"), 3)).containsExactly("swap v3 OPEN 0:b4,b2,b3");
        assertThat(four.swapped(new SwapReply.Swapped(4)))
                .containsExactly("add e0 to b4 lac -1 length 1", "add e1 to b4 lac -1 length 2");
        assertThat(four.stored(0, "b3")).containsExactly("release a", "ack e0");
    }

    @Test
    void withoutReplacementTheWriterGoesOnWhileItCanThenClosesAtTheLastAcknowledgedEntry() {
        WriterScript three = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3");
        three.append("a");
        three.append("bc");
        three.stored(0, "b1 b2");
        assertThat(three.reply("b3", 1, FAILED))
                .as("two bookies still make an ack quorum")
                .isEmpty();
        assertThat(three.reply("b1", 1, FAILED))
                .containsExactly("release bc", "fail e1 NOT_ENOUGH_BOOKIES", "swap v0 CLOSED@0/1 0:b1,b2,b3");
        assertThat(three.swapped(new SwapReply.Swapped(1))).containsExactly("closed CLOSED@0/1 0:b1,b2,b3");
        assertThat(three.append("d")).isEmpty();
        assertThat(three.writer.failure().orElseThrow().kind()).isEqualTo(WriteFailure.Kind.NOT_ENOUGH_BOOKIES);
    }

    @Test
    void aFencedWriterFailsEverythingPendingAtOnce() {
        script.append("a");
        script.append("b");
        assertThat(script.reply("b2", 1, FENCED))
                .containsExactly(
                        "release a", "release b", "fail e0 FENCED", "fail e1 FENCED", "swap v0 CLOSED@-1/0 0:b1,b2,b3");
        assertThat(script.stored(0, "b1 b3")).as("acks that come too late").isEmpty();
    }

    @Test
    void aChangeThatFindsTheLedgerInRecoveryFencesTheWriter() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.swapped(new SwapReply.Conflict());
        LedgerMetadata inRecovery = open(quorum(3, 3, 2), "b1 b2 b3").inRecovery();
        assertThat(script.read(inRecovery, 1))
                .containsExactly("release a", "fail e0 FENCED", "swap v1 CLOSED@-1/0 0:b1,b2,b3");
        script.swapped(new SwapReply.Conflict());
        assertThat(script.read(inRecovery.closedAt(new LedgerMetadata.End(0, 1)), 2))
                .containsExactly("close failed CLOSED_ELSEWHERE");
    }

    @Test
    void aLostAnswerOfAChangeThatHappenedIsRecognised() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        assertThat(script.swapped(new SwapReply.Unknown())).containsExactly("read metadata");
        assertThat(script.read(open(quorum(3, 3, 2), "b4 b2 b3"), 1)).containsExactly("add e0 to b4 lac -1 length 1");
        assertThat(script.stored(0, "b4 b2")).containsExactly("release a", "ack e0");
    }

    @Test
    void aLostAnswerOfAChangeThatDidNotHappenRepeatsIt() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.swapped(new SwapReply.Unknown());
        assertThat(script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0)).containsExactly("swap v0 OPEN 0:b4,b2,b3");
    }

    @Test
    void closeFailsWhatIsPendingAndTakesItsBytesOff() {
        script.append("abc");
        script.stored(0, "b1 b2");
        script.append("defgh");
        assertThat(script.close())
                .containsExactly("release defgh", "fail e1 HANDLE_CLOSED", "swap v0 CLOSED@0/3 0:b1,b2,b3");
        assertThat(script.close()).isEmpty();
        assertThat(script.swapped(new SwapReply.Unknown())).containsExactly("read metadata");
        LedgerMetadata closed = open(quorum(3, 3, 2), "b1 b2 b3").closedAt(new LedgerMetadata.End(0, 3));
        assertThat(script.read(closed, 1)).containsExactly("closed CLOSED@0/3 0:b1,b2,b3");
    }

    @Test
    void aCloseDuringAChangeWaitsForItsAnswer() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        assertThat(script.close()).containsExactly("release a", "fail e0 HANDLE_CLOSED");
        assertThat(script.swapped(new SwapReply.Swapped(1))).containsExactly("swap v1 CLOSED@-1/0 0:b4,b2,b3");
    }

    @Test
    void anOutageOfTheStoreHoldsAcknowledgementsBackAndEndsNothing() {
        script.append("a");
        assertThat(script.reply("b1", 0, FAILED)).containsExactly("swap v0 OPEN 0:b4,b2,b3");
        assertThat(script.swapped(new SwapReply.Unknown())).containsExactly("read metadata");
        for (int i = 0; i < 100; i++) {
            assertThat(script.readFailed()).containsExactly("retry later");
            assertThat(script.append("x")).hasSize(3);
            assertThat(script.stored(i, "b2 b3")).isEmpty();
            assertThat(script.retry()).containsExactly("read metadata");
        }
        assertThat(script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0)).containsExactly("swap v0 OPEN 0:b4,b2,b3");
        assertThat(script.swapped(new SwapReply.Swapped(1)))
                .contains("ack e0", "ack e99")
                .doesNotContain("ack e100");
        assertThat(script.writer.failure()).isEmpty();
    }

    @Test
    void lostAnswersInARowAreAPauseAndNoEnd() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        List<String> next = script.swapped(new SwapReply.Unknown());
        for (int lost = 1; next.equals(List.of("read metadata")); lost++) {
            assertThat(lost).isLessThan(100);
            script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0);
            next = script.swapped(new SwapReply.Unknown());
        }
        assertThat(next).containsExactly("retry later");
        assertThat(script.retry()).containsExactly("read metadata");
        assertThat(script.read(open(quorum(3, 3, 2), "b4 b2 b3"), 1)).containsExactly("add e0 to b4 lac -1 length 1");
    }

    @Test
    void severalBookiesFailDuringAnOutageAndAreReplacedTogether() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.swapped(new SwapReply.Unknown());
        script.readFailed();
        assertThat(script.reply("b2", 0, FAILED)).isEmpty();
        script.retry();
        assertThat(script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0)).containsExactly("swap v0 OPEN 0:b4,b5,b3");
    }

    @Test
    void aCloseDuringAnOutageEndsWithTheAnswerOfTheStore() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.swapped(new SwapReply.Unknown());
        script.readFailed();
        assertThat(script.close())
                .containsExactly("release a", "fail e0 HANDLE_CLOSED", "swap v0 CLOSED@-1/0 0:b1,b2,b3");
        assertThat(script.retry()).as("the pause is over for nobody").isEmpty();
        assertThat(script.swapped(new SwapReply.Failed("no quorum")))
                .containsExactly("close failed METADATA_UNAVAILABLE");
    }

    /** Otherwise the entry would be acknowledged in an ensemble that a proposal under way replaces. */
    @Test
    void aProposalInDoubtIsOutrunBeforeTheOldEnsembleGoesOn() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.stored(0, "b2 b3");
        script.swapped(new SwapReply.Unknown());
        script.writer.onClusterChanged(cluster("b1 b2 b3"));
        assertThat(script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0))
                .as("the proposal may still arrive, so the record gets a new version")
                .containsExactly("swap v0 OPEN 0:b1,b2,b3");
        assertThat(script.swapped(new SwapReply.Swapped(1))).containsExactly("release a", "ack e0");
    }

    @Test
    void aProposalInDoubtThatWasStoredWinsOverTheOldEnsemble() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        script.stored(0, "b2 b3");
        script.swapped(new SwapReply.Unknown());
        script.writer.onClusterChanged(cluster("b1 b2 b3"));
        script.read(open(quorum(3, 3, 2), "b1 b2 b3"), 0);
        assertThat(script.swapped(new SwapReply.Conflict())).containsExactly("read metadata");
        assertThat(script.read(open(quorum(3, 3, 2), "b4 b2 b3"), 1))
                .containsExactly("add e0 to b4 lac -1 length 1", "release a", "ack e0");
    }

    /** The one that was given up when there was nobody must not be forgotten for good. */
    @Test
    void whoeverComesDuringAChangeTakesOverForABookieThatWasGivenUp() {
        WriterScript pair = new WriterScript(quorum(2, 2, 2), "b1 b2", "b1 b2 b3");
        pair.append("a");
        assertThat(pair.reply("b1", 0, FAILED)).containsExactly("swap v0 OPEN 0:b3,b2");
        pair.reply("b2", 0, FAILED);
        pair.swapped(new SwapReply.Unknown());
        assertThat(pair.read(open(quorum(2, 2, 2), "b1 b2"), 0))
                .as("there is nobody for b2")
                .containsExactly("swap v0 OPEN 0:b3,b2");
        pair.writer.onClusterChanged(cluster("b1 b2 b3 b4"));
        assertThat(pair.swapped(new SwapReply.Swapped(1))).containsExactly("swap v1 OPEN 0:b3,b4");
        assertThat(pair.swapped(new SwapReply.Swapped(2)))
                .containsExactly("add e0 to b3 lac -1 length 1", "add e0 to b4 lac -1 length 1");
    }

    @Test
    void aDeadMemberThatNobodyCanReplaceIsLeftAloneUntilSomebodyComes() {
        WriterScript three = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3");
        for (int entry = 0; entry < 4; entry++) {
            three.append("x");
            assertThat(three.reply("b3", entry, FAILED)).isEmpty();
        }
        assertThat(three.stored(0, "b1 b2")).containsExactly("release x", "ack e0");
        assertThat(three.reply("b3", 0, FAILED)).isEmpty();
        three.append("x");
        three.writer.onClusterChanged(cluster("b1 b2 b3 b4"));
        assertThat(three.reply("b3", 4, FAILED)).containsExactly("swap v0 OPEN 0:b1,b2,b3 1:b1,b2,b4");
        assertThat(three.swapped(new SwapReply.Swapped(1))).hasSize(4).allMatch(line -> line.contains(" to b4 "));
    }

    @Test
    void anEntryThatNeedsADeadMemberEndsTheWriterAllTheSame() {
        WriterScript three = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3");
        three.append("a");
        three.append("b");
        three.reply("b3", 0, FAILED);
        three.reply("b3", 1, FAILED);
        three.reply("b2", 0, FAILED);
        assertThat(three.writer.failure().orElseThrow().kind()).isEqualTo(WriteFailure.Kind.NOT_ENOUGH_BOOKIES);
    }

    @Test
    void aDeletedLedgerEndsTheWriter() {
        script.append("a");
        script.reply("b1", 0, FAILED);
        assertThat(script.swapped(new SwapReply.Gone()))
                .containsExactly("release a", "fail e0 LEDGER_DELETED", "close failed LEDGER_DELETED");
    }

    @Test
    void anAbandonedWriterLeavesTheMetadataAlone() {
        script.append("a");
        script.writer.abandon();
        assertThat(script.drain()).containsExactly("release a", "fail e0 CLIENT_CLOSED", "close failed CLIENT_CLOSED");
        script.writer.onMetadataRead(new MetadataReply.Gone());
        assertThat(script.drain()).isEmpty();
    }
}
