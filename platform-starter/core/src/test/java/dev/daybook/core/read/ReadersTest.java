package dev.daybook.core.read;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static final LedgerMetadata LEDGER = open(quorum(4, 3, 2), "b1 b2 b3 b4");

    private final List<String> lines = new ArrayList<>();

    private static Answer<VerifiedEntry<String>> entry(long id) {
        return Answer.positive(new VerifiedEntry<>(id, id - 1, 10, "p" + id, 2));
    }

    private List<String> took() {
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }

    private final EntryTraffic<String> entryTraffic = new EntryTraffic<>() {
        @Override
        public void sendRead(SendRead effect) {
            lines.add("read e" + effect.entryId() + " from " + effect.bookie() + (effect.fence() ? " fencing" : ""));
        }

        @Override
        public void discardEntry(DiscardEntry<String> effect) {
            lines.add("discard " + effect.entry().payload());
        }

        @Override
        public void completeRead(CompleteRead<String> effect) {
            if (effect.outcome() instanceof CompleteRead.Outcome.Found<String> found) {
                lines.add("found " + found.entry().payload() + " at " + found.bookie() + " slow " + effect.slow());
            } else if (effect.outcome() instanceof CompleteRead.Outcome.Failed<String> failed) {
                lines.add("failed " + failed.reason());
            } else {
                lines.add("absent");
            }
        }
    };

    private EntryReader<String> reading(long entryId, LedgerMetadata metadata) {
        EntryReader<String> reader = new EntryReader<>(entryId, metadata);
        reader.start();
        reader.drainTo(entryTraffic);
        return reader;
    }

    private List<String> reply(EntryReader<String> reader, int position, Answer<VerifiedEntry<String>> answer) {
        reader.onReadReply(position, answer);
        reader.drainTo(entryTraffic);
        return took();
    }

    @Test
    void replicasAreAskedInWritingOrderUntilOneHasIt() {
        EntryReader<String> reader = reading(3, LEDGER);
        assertThat(took()).containsExactly("read e3 from b4");
        assertThat(reply(reader, 3, Answer.unknown(Answer.Reason.DIGEST_MISMATCH)))
                .containsExactly("read e3 from b1");
        assertThat(reply(reader, 0, entry(3))).containsExactly("found p3 at b1 slow []");
    }

    @Test
    void theFragmentOfTheEntryIsAsked() {
        reading(5, LEDGER.withFragment(new Fragment(5, bookies("b5 b6 b7 b8"))));
        assertThat(took()).containsExactly("read e5 from b6");
    }

    @Test
    void aHedgeAsksOneMoreAndTheLaterAnswerIsGivenBack() {
        EntryReader<String> reader = reading(0, LEDGER);
        reader.onHedgeDue();
        reader.drainTo(entryTraffic);
        assertThat(took()).containsExactly("read e0 from b1", "read e0 from b2");
        assertThat(reply(reader, 1, entry(0))).containsExactly("found p0 at b2 slow [b1]");
        assertThat(reply(reader, 0, entry(0))).containsExactly("discard p0");
    }

    @Test
    void aMissWhileAnotherAnswerIsOutstandingWaitsForIt() {
        EntryReader<String> reader = reading(0, LEDGER);
        reader.onHedgeDue();
        reader.drainTo(entryTraffic);
        took();
        assertThat(reply(reader, 0, Answer.negative())).isEmpty();
        assertThat(reply(reader, 1, Answer.negative())).containsExactly("read e0 from b3");
        assertThat(reply(reader, 2, Answer.negative())).containsExactly("absent");
    }

    @Test
    void oneUnknownAnswerForbidsAbsent() {
        for (int unknown = 0; unknown < 3; unknown++) {
            EntryReader<String> reader = reading(0, LEDGER);
            List<String> last = List.of();
            for (int position = 0; position < 3; position++) {
                last = reply(
                        reader,
                        position,
                        position == unknown ? Answer.unknown(Answer.Reason.TIMEOUT) : Answer.negative());
            }
            assertThat(last).containsExactly("failed TIMEOUT");
        }
    }

    @Test
    void unavailableGivesWayToABetterReason() {
        EntryReader<String> reader = reading(0, LEDGER);
        reply(reader, 0, Answer.unknown(Answer.Reason.UNAVAILABLE));
        reply(reader, 1, Answer.unknown(Answer.Reason.DIGEST_MISMATCH));
        assertThat(reply(reader, 2, Answer.unknown(Answer.Reason.TIMEOUT))).containsExactly("failed DIGEST_MISMATCH");
    }

    private final LacTraffic lacTraffic = new LacTraffic() {
        @Override
        public void sendReadLac(SendReadLac effect) {
            lines.add("lac from " + effect.bookie());
        }

        @Override
        public void completeLac(CompleteLac effect) {
            lines.add(
                    effect.outcome() instanceof CompleteLac.Outcome.Confirmed confirmed
                            ? "lac " + confirmed.lastAddConfirmed()
                            : "failed " + ((CompleteLac.Outcome.Failed) effect.outcome()).reason());
        }
    };

    private List<String> lac(LacReader reader, int position, Answer<Long> answer) {
        reader.onLacReply(position, answer);
        reader.drainTo(lacTraffic);
        return took();
    }

    private LacReader askingLac(LedgerMetadata metadata) {
        LacReader reader = new LacReader(metadata, -1);
        reader.start();
        reader.drainTo(lacTraffic);
        return reader;
    }

    @Test
    void theHighestLacOfACoveringSetWins() {
        LacReader reader = askingLac(LEDGER);
        assertThat(took()).hasSize(4);
        assertThat(lac(reader, 0, Answer.positive(4L))).isEmpty();
        assertThat(lac(reader, 1, Answer.negative())).isEmpty();
        assertThat(lac(reader, 2, Answer.unknown(Answer.Reason.DIGEST_MISMATCH)))
                .as("positions 2 and 3 could be an ack quorum")
                .isEmpty();
        assertThat(lac(reader, 3, Answer.positive(2L))).containsExactly("lac 4");
    }

    @Test
    void withoutCoverageTheLacIsUnknown() {
        LacReader reader = askingLac(LEDGER);
        took();
        lac(reader, 0, Answer.positive(4L));
        lac(reader, 1, Answer.unknown(Answer.Reason.TIMEOUT));
        lac(reader, 2, Answer.unknown(Answer.Reason.TIMEOUT));
        assertThat(lac(reader, 3, Answer.positive(4L))).containsExactly("failed TIMEOUT");
    }

    @Test
    void aClosedLedgerNeedsNoBookieAndAFreshFragmentNoEntry() {
        askingLac(LEDGER.closedAt(new LedgerMetadata.End(7, 70)));
        assertThat(took()).containsExactly("lac 7");
        LacReader reader = askingLac(LEDGER.withFragment(new Fragment(5, bookies("b1 b2 b3 b5"))));
        took();
        lac(reader, 0, Answer.negative());
        lac(reader, 1, Answer.negative());
        assertThat(lac(reader, 2, Answer.negative())).containsExactly("lac 4");
        assertThat(lac(askingLac(LEDGER), 2, Answer.unknown(Answer.Reason.UNAUTHORIZED)))
                .last()
                .isEqualTo("failed UNAUTHORIZED");
    }

    private final TailTraffic<String> tailTraffic = new TailTraffic<>() {
        @Override
        public void sendLongPoll(SendLongPoll effect) {
            lines.add("poll " + effect.bookie() + " after " + effect.previousLac());
        }

        @Override
        public void discardPolled(DiscardPolled<String> effect) {
            lines.add("discard " + effect.entry().payload());
        }

        @Override
        public void completeTail(CompleteTail<String> effect) {
            lines.add(effect.outcome().toString());
        }
    };

    private TailReader<String> tailing(long entryId, LedgerMetadata metadata, long knownLac) {
        TailReader<String> reader = new TailReader<>(entryId, metadata, knownLac);
        reader.start();
        reader.drainTo(tailTraffic);
        return reader;
    }

    private List<String> polled(TailReader<String> reader, int position, Answer<PollAnswer<String>> answer) {
        reader.onPollReply(position, answer);
        reader.drainTo(tailTraffic);
        return took();
    }

    private static Answer<PollAnswer<String>> poll(long lac) {
        return Answer.positive(new PollAnswer<>(lac, Optional.empty()));
    }

    private static Answer<PollAnswer<String>> poll(long lac, long entryId) {
        return Answer.positive(
                new PollAnswer<>(lac, Optional.of(new VerifiedEntry<>(entryId, lac, 1, "p" + entryId, 1))));
    }

    @Test
    void whatIsKnownIsAnsweredWithoutABookie() {
        tailing(3, LEDGER, 3);
        assertThat(took()).containsExactly("Confirmed[lastAddConfirmed=3]");
        tailing(8, LEDGER.closedAt(new LedgerMetadata.End(7, 70)), 7);
        assertThat(took()).containsExactly("EndOfLedger[lastEntryId=7]");
        tailing(7, LEDGER.closedAt(new LedgerMetadata.End(7, 70)), 3);
        assertThat(took()).containsExactly("Confirmed[lastAddConfirmed=7]");
    }

    @Test
    void aPolledEntryArrivesWhenItIsConfirmed() {
        TailReader<String> reader = tailing(1, LEDGER, 0);
        assertThat(took()).as("the first of those that get the next entry, too").containsExactly("poll b3 after 0");
        assertThat(polled(reader, 2, Answer.unknown(Answer.Reason.DIGEST_MISMATCH)))
                .containsExactly("poll b4 after 0");
        assertThat(polled(reader, 3, poll(1, 1)).toString()).contains("Arrived", "lastAddConfirmed=1");
        assertThat(polled(reader, 3, poll(1, 1))).containsExactly("discard p1");
    }

    @Test
    void anUnconfirmedEntryIsShownToNobody() {
        TailReader<String> reader = tailing(1, LEDGER, 0);
        took();
        assertThat(polled(reader, 2, poll(0, 1))).containsExactly("discard p1", "poll b4 after 0");
    }

    @Test
    void aBookieOutsideTheWriteSetTellsTheLacOnly() {
        TailReader<String> reader = tailing(1, LEDGER, 0);
        took();
        assertThat(polled(reader, 2, poll(5))).containsExactly("Confirmed[lastAddConfirmed=5]");
    }

    @Test
    void enoughEmptyAnswersEndTheWait() {
        TailReader<String> reader = tailing(1, LEDGER, 0);
        took();
        polled(reader, 2, poll(0));
        polled(reader, 3, poll(-1));
        assertThat(polled(reader, 1, poll(0))).containsExactly("NotYet[lastAddConfirmed=0]");
    }

    @Test
    void withWholeCopiesTheWritingOrderIsPolled() {
        tailing(1, open(quorum(3, 3, 2), "b1 b2 b3"), 0);
        assertThat(took()).containsExactly("poll b2 after 0");
    }

    @Test
    void aRoundOfErrorsReportsTheFirst() {
        TailReader<String> reader = tailing(0, LEDGER, -1);
        reader.onHedgeDue();
        reader.drainTo(tailTraffic);
        assertThat(took()).containsExactly("poll b2 after -1", "poll b3 after -1");
        polled(reader, 1, Answer.negative());
        polled(reader, 2, Answer.unknown(Answer.Reason.TIMEOUT));
        polled(reader, 0, Answer.negative());
        assertThat(polled(reader, 3, Answer.negative())).containsExactly("Failed[reason=TIMEOUT]");
    }
}
