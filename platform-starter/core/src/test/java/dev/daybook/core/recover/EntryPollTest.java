package dev.daybook.core.recover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.Fixtures;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The decision table of a recovery read against its meaning. Source: client protocol specification, section 18.2. */
class EntryPollTest {
    private static final int SILENT = 0;
    private static final int POSITIVE = 1;
    private static final int NEGATIVE = 2;
    private static final int KINDS = 4;

    /** Every combination of answers of every write quorum up to seven, for an entry whose write set wraps around. */
    @Test
    void everyCombinationOfAnswers() {
        for (int ensemble = 1; ensemble <= 7; ensemble++) {
            for (int write = 1; write <= ensemble; write++) {
                for (int ack = 1; ack <= write; ack++) {
                    Quorum quorum = new Quorum(ensemble, write, ack);
                    for (int answers = 0; answers < 1 << (2 * write); answers++) {
                        check(quorum, answers);
                    }
                }
            }
        }
    }

    private static void check(Quorum quorum, int answers) {
        long entryId = quorum.ensemble() - 1L;
        List<BookieId> ensemble = Fixtures.bookies(
                IntStream.range(0, quorum.ensemble()).mapToObj(i -> "b" + i).collect(Collectors.joining(" ")));
        EntryPoll<String> poll = new EntryPoll<>(quorum, entryId, ensemble);
        int[] counts = new int[KINDS];
        int[] positions = Striping.writeSet(quorum, entryId);
        for (int step = 0; step < quorum.write(); step++) {
            int kind = (answers >> (2 * step)) & (KINDS - 1);
            counts[kind]++;
            if (kind != SILENT) {
                poll.onAnswer(positions[step], ensemble.get(positions[step]), answer(kind, entryId));
            }
        }
        // Acknowledged it can be, now or later, only by an ack quorum of replicas that did not deny it.
        boolean mayBeAcknowledged = quorum.write() - counts[NEGATIVE] >= quorum.ack();
        EntryPoll.Verdict meaning;
        if (counts[POSITIVE] > 0) {
            meaning = EntryPoll.Verdict.EXISTS;
        } else if (!mayBeAcknowledged) {
            meaning = EntryPoll.Verdict.ABSENT;
        } else {
            meaning = counts[SILENT] == 0 ? EntryPoll.Verdict.UNDECIDABLE : EntryPoll.Verdict.OPEN;
        }
        if (poll.verdict() != meaning) {
            assertThat(poll.verdict())
                    .as("%s, answers %s", quorum, Integer.toString(answers, KINDS))
                    .isEqualTo(meaning);
        }
    }

    private static Answer<VerifiedEntry<String>> answer(int kind, long entryId) {
        return switch (kind) {
            case POSITIVE -> Answer.positive(new VerifiedEntry<>(entryId, -1L, 1L, "x", 1));
            case NEGATIVE -> Answer.negative();
            default -> Answer.unknown(Answer.Reason.TIMEOUT);
        };
    }
}
