package dev.daybook.core.read;

import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private static final LedgerMetadata LEDGER = open(quorum(3, 3, 2), "b1 b2 b3");

    private final List<String> lines = new ArrayList<>();
    private final BatchReader<String> reader = new BatchReader<>(5, 3, 100, LEDGER, List.of(2, 0, 1));

    private final BatchTraffic<String> traffic = new BatchTraffic<>() {
        @Override
        public void sendBatchRead(SendBatchRead effect) {
            lines.add("batch e" + effect.firstEntryId() + " x" + effect.maxCount() + " from " + effect.bookie());
        }

        @Override
        public void discardFromBatch(DiscardFromBatch<String> effect) {
            lines.add("discard " + effect.entry().payload());
        }

        @Override
        public void completeBatch(CompleteBatch<String> effect) {
            String end;
            if (effect.outcome() instanceof CompleteBatch.Outcome.Found<String> found) {
                end = "found "
                        + found.entries().stream().map(VerifiedEntry::payload).toList() + " at " + found.bookie();
            } else if (effect.outcome() instanceof CompleteBatch.Outcome.Failed<String> failed) {
                end = "failed " + failed.reason();
            } else {
                end = "absent";
            }
            List<String> defects = effect.defects().stream()
                    .map(defect -> defect.bookie() + " " + defect.kind())
                    .toList();
            lines.add(end + " slow " + effect.slow() + " defects " + defects);
        }
    };

    private static Answer<BatchAnswer<String>> run(long first, int count, boolean damaged) {
        return Answer.positive(new BatchAnswer<>(
                LongStream.range(first, first + count)
                        .mapToObj(id -> new VerifiedEntry<>(id, id - 1, 10, "p" + id, 2))
                        .toList(),
                damaged));
    }

    private List<String> started() {
        reader.start();
        return took();
    }

    private List<String> reply(int position, Answer<BatchAnswer<String>> answer) {
        reader.onBatchReply(position, answer);
        return took();
    }

    private List<String> took() {
        reader.drainTo(traffic);
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }

    @Test
    void oneAnswerIsEnoughAndMayBeShort() {
        assertThat(started()).containsExactly("batch e5 x3 from b3");
        assertThat(reply(2, run(5, 2, false))).containsExactly("found [p5, p6] at b3 slow [] defects []");
    }

    /** Fault B9: the peer called the request done before it had looked at the entries. */
    @Test
    void aDamagedFirstEntryIsAReasonToAskTheNext() {
        started();
        assertThat(reply(2, Answer.unknown(Answer.Reason.DIGEST_MISMATCH))).containsExactly("batch e5 x3 from b1");
        assertThat(reader.isDone()).isFalse();
        assertThat(reply(0, run(5, 3, false))).containsExactly("found [p5, p6, p7] at b1 slow [] defects [b3 CORRUPT]");
    }

    @Test
    void damageLaterOnShortensTheRun() {
        started();
        assertThat(reply(2, run(5, 2, true))).containsExactly("found [p5, p6] at b3 slow [] defects [b3 CORRUPT]");
    }

    @Test
    void successWithoutEntriesIsNoAnswer() {
        started();
        assertThat(reply(2, run(5, 0, false))).containsExactly("batch e5 x3 from b1");
        reply(0, Answer.negative());
        assertThat(reply(1, Answer.negative()))
                .as("one replica did not say that it has nothing")
                .containsExactly("failed FAILED slow [] defects [b1 MISSING, b2 MISSING]");
    }

    @Test
    void moreThanWasAskedForIsGivenBack() {
        started();
        assertThat(reply(2, run(5, 5, false)))
                .containsExactly("discard p8", "discard p9", "found [p5, p6, p7] at b3 slow [] defects []");
    }

    @Test
    void aHedgedAnswerWinsAndTheLateOneIsGivenBack() {
        started();
        reader.onHedgeDue();
        assertThat(took()).containsExactly("batch e5 x3 from b1");
        assertThat(reader.waitedFor()).hasSize(2);
        assertThat(reply(0, run(5, 1, false))).containsExactly("found [p5] at b1 slow [b3] defects []");
        assertThat(reply(2, run(5, 2, false))).containsExactly("discard p5", "discard p6");
        reader.onHedgeDue();
        assertThat(took()).isEmpty();
    }

    @Test
    void everyReplicaMustSayNo() {
        started();
        reply(2, Answer.negative());
        reply(0, Answer.negative());
        assertThat(reply(1, Answer.negative())).hasSize(1).first().asString().startsWith("absent");
    }

    @Test
    void stripedLedgersAndGapsAreBugs() {
        LedgerMetadata striped = open(quorum(3, 2, 2), "b1 b2 b3");
        assertThatThrownBy(() -> new BatchReader<String>(0, 1, 1, striped, List.of(0)))
                .isInstanceOf(Invariant.Broken.class);
        started();
        assertThatThrownBy(() -> reader.onBatchReply(2, run(6, 1, false))).isInstanceOf(Invariant.Broken.class);
    }
}
