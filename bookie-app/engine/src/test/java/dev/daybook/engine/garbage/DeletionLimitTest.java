package dev.daybook.engine.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeletionLimitTest {
    private final DeletionLimit limit = new DeletionLimit(0.5, 10);

    @Test
    void allowsAFewAndUpToTheShare() {
        assertThat(limit.refusalOf(10, 10, 1)).isEmpty();
        assertThat(limit.refusalOf(11, 11, 1)).isPresent();
        assertThat(limit.refusalOf(100, 50, 1)).isEmpty();
        assertThat(limit.refusalOf(100, 51, 1)).isPresent();
    }

    @Test
    void anEmptyListingNeverDeletesAnything() {
        for (int candidates = 0; candidates < 100; candidates++) {
            assertThat(limit.refusalOf(100, candidates, 0).isPresent()).isEqualTo(candidates > 0);
        }
    }

    @Test
    void refusesShareThatIsNone() {
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new DeletionLimit(share, 1))
                    .hasMessageContaining("daybook.bookie.gc.max-deleted-share");
        }
    }
}
