package dev.daybook.engine.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.compaction.KindCase.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindCaseTest {
    @Test
    void everyCombinationOfFactsHasExactlyOneRow() {
        for (int bits = 0; bits < 32; bits++) {
            KindCase.Facts facts = facts(bits);
            List<KindCase> rows =
                    KindCase.ALL.stream().filter(row -> row.matches(facts)).toList();
            assertThat(rows).as("%s", facts).hasSize(1);
            assertThat(KindCase.of(facts)).isEqualTo(rows.get(0));
        }
    }

    @Test
    void nothingRunsThatIsOffOrHeld() {
        for (int bits = 0; bits < 32; bits++) {
            KindCase.Facts facts = facts(bits);
            if (!facts.enabled() || facts.heldByOperator()) {
                assertThat(KindCase.of(facts).action())
                        .as("%s", facts)
                        .isEqualTo(facts.asked() ? Action.REFUSE : Action.WAIT);
            }
            if (facts.heldByDisk()) {
                assertThat(KindCase.of(facts).action()).as("%s", facts).isNotEqualTo(Action.RUN);
            }
        }
    }

    private static KindCase.Facts facts(int bits) {
        return new KindCase.Facts((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
    }
}
