package dev.daybook.engine.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompactionRulesTest {
    private static final CompactionRule MINOR = new CompactionRule(0.2, 1000, 0);
    private static final CompactionRule MAJOR = new CompactionRule(0.8, 9000, 0);
    private static final CompactionRule OFF = new CompactionRule(0, 0, 0);

    @Test
    void acceptsTheDefaultsAndEitherKindSwitchedOff() {
        assertThatCode(() -> CompactionRules.DEFAULT.checkPass(900_000)).doesNotThrowAnyException();
        assertThat(new CompactionRules(OFF, MAJOR).minor().isEnabled()).isFalse();
        assertThat(new CompactionRules(new CompactionRule(0.9, 99_000, 0), OFF)
                        .major()
                        .isEnabled())
                .isFalse();
    }

    @Test
    void refusesThresholdsThatCannotBeMeant() {
        for (double threshold : new double[] {1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> new CompactionRules(new CompactionRule(threshold, 1000, 0), OFF))
                    .hasMessageContaining("daybook.bookie.compaction.minor.threshold");
            assertThatThrownBy(() -> new CompactionRules(OFF, new CompactionRule(threshold, 1000, 0)))
                    .hasMessageContaining("daybook.bookie.compaction.major.threshold");
        }
        assertThatThrownBy(() -> new CompactionRules(new CompactionRule(0.8, 1000, 0), MAJOR))
                .hasMessage("daybook.bookie.compaction.minor.threshold (0.8) must be smaller than"
                        + " daybook.bookie.compaction.major.threshold (0.8)");
    }

    @Test
    void refusesIntervalsThatCannotBeMeant() {
        assertThatThrownBy(() -> new CompactionRules(new CompactionRule(0.2, 9000, 0), MAJOR))
                .hasMessageContaining("daybook.bookie.compaction.minor.interval (9000 ms) must be shorter than"
                        + " daybook.bookie.compaction.major.interval (9000 ms)");
        assertThatThrownBy(() -> new CompactionRules(MINOR, MAJOR).checkPass(1001))
                .hasMessageContaining("daybook.bookie.compaction.minor.interval")
                .hasMessageContaining("daybook.bookie.gc-interval");
        assertThatThrownBy(() -> new CompactionRules(OFF, MAJOR).checkPass(9001))
                .hasMessageContaining("daybook.bookie.compaction.major.interval");
        assertThatCode(() -> new CompactionRules(new CompactionRule(0.2, 0, 0), MAJOR).checkPass(9000))
                .doesNotThrowAnyException();
    }
}
