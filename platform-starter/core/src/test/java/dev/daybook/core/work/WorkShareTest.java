package dev.daybook.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WorkShareTest {
    @Test
    void sharesAddUpToTheLimit() {
        for (int workers = 1; workers <= 7; workers++) {
            for (int limit = 1; limit <= 20; limit++) {
                int ledgers = 0;
                long bytes = 0;
                for (int position = 0; position < workers; position++) {
                    WorkShare share = new WorkShare(workers, position);
                    ledgers += share.ledgersAtOnce(100, limit);
                    bytes += share.bytesPerSecond(0, limit * 1_000L);
                }
                assertThat(ledgers).isEqualTo(limit);
                assertThat(bytes).isLessThanOrEqualTo(limit * 1_000L).isGreaterThan(limit * 1_000L - workers);
            }
        }
    }

    @Test
    void whatAWorkerIsToldItselfHoldsAsWell() {
        WorkShare half = new WorkShare(2, 1);
        assertThat(half.ledgersAtOnce(3, 100)).isEqualTo(3);
        assertThat(half.bytesPerSecond(10, 100)).isEqualTo(10);
        assertThat(half.bytesPerSecond(90, 100)).isEqualTo(50);
    }

    @Test
    void noLimitIsNoLimit() {
        WorkShare half = new WorkShare(2, 1);
        assertThat(half.bytesPerSecond(0, 0)).isZero();
        assertThat(half.bytesPerSecond(7, 0)).isEqualTo(7);
        assertThat(half.ledgersAtOnce(4, 0)).isEqualTo(4);
    }

    @Test
    void aShareOfVeryFewBytesIsNotTakenForNoLimit() {
        assertThat(new WorkShare(3, 0).bytesPerSecond(0, 2)).isEqualTo(1);
    }

    @Test
    void nobodyStandsOutsideTheLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkShare(2, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkShare(0, 0));
    }
}
