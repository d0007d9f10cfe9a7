package dev.daybook.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubtTest {
    @Test
    void coversTheLedgersOfWhatWasLost() {
        Doubt doubt = Doubt.none(2, 3).withLostJournal(1).withLostStore(0);
        for (long ledgerId = -12; ledgerId <= 12; ledgerId++) {
            boolean lost = Math.floorMod(ledgerId, 2) == 1 || Math.floorMod(ledgerId, 3) == 0;
            assertThat(doubt.covers(ledgerId)).as("ledger " + ledgerId).isEqualTo(lost);
            assertThat(Doubt.NONE.covers(ledgerId)).isFalse();
            assertThat(Doubt.OF_EVERYTHING.covers(ledgerId)).isTrue();
        }
        assertThat(Doubt.none(2, 3).isNone()).isTrue();
        assertThat(doubt).isEqualTo(new Doubt(2, Set.of(1), 3, Set.of(0)));
    }
}
