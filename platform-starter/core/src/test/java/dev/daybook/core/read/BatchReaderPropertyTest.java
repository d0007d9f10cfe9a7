package dev.daybook.core.read;

import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Batch reads under random answers, orders and hedges: every read ends once, says "absent" only if everybody did, hands
 * out nothing that was not verified, and loses no payload.
 */
class BatchReaderPropertyTest {
    private static final int SEEDS = 20_000;

    @Test
    void everyReadEndsOnceAndRightly() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Run(new Dice(seed)).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run implements BatchTraffic<String> {
        private final Dice dice;
        private final int size;
        private final int maxCount;
        private final BatchReader<String> reader;
        private final List<SendBatchRead> outstanding = new ArrayList<>();
        private final List<String> given = new ArrayList<>();
        private final List<String> back = new ArrayList<>();
        private final List<Answer<?>> heard = new ArrayList<>();
        private Optional<CompleteBatch<String>> end = Optional.empty();

        Run(Dice dice) {
            this.dice = dice;
            this.size = 1 + dice.below(4);
            this.maxCount = 1 + dice.below(3);
            List<Integer> order = new ArrayList<>();
            List<Integer> left =
                    new ArrayList<>(IntStream.range(0, size).boxed().toList());
            while (!left.isEmpty()) {
                order.add(left.remove(dice.below(left.size())));
            }
            String names = "b1 b2 b3 b4".substring(0, 3 * size - 1);
            this.reader = new BatchReader<>(7, maxCount, 100, open(quorum(size, size, 1), names), order);
        }

        void play() {
            reader.start();
            reader.drainTo(this);
            while (!outstanding.isEmpty()) {
                if (dice.chance(20)) {
                    reader.onHedgeDue();
                } else {
                    SendBatchRead asked = outstanding.remove(dice.below(outstanding.size()));
                    Answer<BatchAnswer<String>> answer = answer(asked.bookie());
                    if (end.isEmpty()) {
                        heard.add(answer);
                    }
                    reader.onBatchReply(asked.position(), answer);
                    if (dice.chance(5)) {
                        reader.onBatchReply(asked.position(), answer(asked.bookie()));
                    }
                }
                reader.drainTo(this);
            }
            judge();
        }

        private Answer<BatchAnswer<String>> answer(BookieId bookie) {
            return switch (dice.below(5)) {
                case 0 -> Answer.negative();
                case 1 -> Answer.unknown(Answer.Reason.DIGEST_MISMATCH);
                case 2 -> Answer.unknown(Answer.Reason.TIMEOUT);
                default -> run(bookie);
            };
        }

        private Answer<BatchAnswer<String>> run(BookieId bookie) {
            List<VerifiedEntry<String>> entries = new ArrayList<>();
            int count = dice.below(5);
            for (long id = 7; id < 7 + count; id++) {
                String payload = bookie + "/" + id + "/" + given.size();
                given.add(payload);
                entries.add(new VerifiedEntry<>(id, id - 1, 10, payload, 2));
            }
            return Answer.positive(new BatchAnswer<>(entries, dice.chance(30)));
        }

        private void judge() {
            assertThat(end).as("it ended").isPresent();
            CompleteBatch.Outcome<String> outcome = end.orElseThrow().outcome();
            assertThat(back).as("every payload came back once").containsExactlyInAnyOrderElementsOf(given);
            if (outcome instanceof CompleteBatch.Outcome.Found<String> found) {
                assertThat(found.entries()).hasSizeBetween(1, maxCount);
                assertThat(found.entries().get(0).entryId()).isEqualTo(7);
            } else {
                assertThat(heard).as("everybody was asked").hasSize(size);
                assertThat(heard).noneMatch(Run::holdsEntries);
                assertThat(outcome instanceof CompleteBatch.Outcome.Absent<String>)
                        .as("absent if and only if everybody said so")
                        .isEqualTo(heard.stream().allMatch(Answer::isNegative));
            }
        }

        private static boolean holdsEntries(Answer<?> answer) {
            return answer instanceof Answer.Positive<?> positive
                    && positive.value() instanceof BatchAnswer<?> batch
                    && !batch.entries().isEmpty();
        }

        @Override
        public void sendBatchRead(SendBatchRead effect) {
            assertThat(end).as("nobody is asked after the end").isEmpty();
            outstanding.add(effect);
        }

        @Override
        public void discardFromBatch(DiscardFromBatch<String> effect) {
            back.add(effect.entry().payload());
        }

        @Override
        public void completeBatch(CompleteBatch<String> effect) {
            assertThat(end).as("ends once").isEmpty();
            end = Optional.of(effect);
            if (effect.outcome() instanceof CompleteBatch.Outcome.Found<String> found) {
                found.entries().forEach(entry -> back.add(entry.payload()));
            }
        }
    }
}
