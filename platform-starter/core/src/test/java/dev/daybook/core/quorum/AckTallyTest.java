package dev.daybook.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.Quorum;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AckTallyTest {
    /** Random events against plain sets, for every small quorum. */
    @Test
    void countsLikeSetsWould() {
        Dice dice = new Dice(7);
        for (int ensemble = 1; ensemble <= 5; ensemble++) {
            for (int write = 1; write <= ensemble; write++) {
                for (int ack = 1; ack <= write; ack++) {
                    for (long entryId = 0; entryId < 6; entryId++) {
                        compare(new Quorum(ensemble, write, ack), entryId, dice);
                    }
                }
            }
        }
    }

    private static void compare(Quorum quorum, long entryId, Dice dice) {
        AckTally tally = new AckTally(quorum, entryId);
        Set<Integer> acked = new HashSet<>();
        Set<Integer> failed = new HashSet<>();
        for (int event = 0; event < 40; event++) {
            int position = dice.below(quorum.ensemble());
            acked.remove(position);
            failed.remove(position);
            boolean counts = Striping.stores(quorum, entryId, position);
            switch (dice.below(3)) {
                case 0 -> {
                    tally.ack(position);
                    if (counts) {
                        acked.add(position);
                    }
                }
                case 1 -> {
                    tally.fail(position);
                    if (counts) {
                        failed.add(position);
                    }
                }
                default -> tally.revoke(position);
            }
            assertThat(tally.isComplete()).isEqualTo(acked.size() >= quorum.ack());
            assertThat(tally.isBroken()).isEqualTo(failed.size() > quorum.write() - quorum.ack());
            assertThat(tally.isAcked(position)).isEqualTo(acked.contains(position));
        }
    }
}
