package dev.daybook.server.autorecovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScanPaceTest {
    private final ScanPace pace = new ScanPace();

    private void scan(long fromMillis, long toMillis, boolean complete) {
        pace.onBegun(fromMillis);
        pace.onEnded(complete, toMillis);
    }

    @Test
    void nothingIsDueUntilItIsWanted() {
        assertThat(pace.delayMillis(false, 0)).isNegative();
        pace.want();
        assertThat(pace.delayMillis(true, 0)).isZero();
        pace.onBegun(0);
        pace.want();
        assertThat(pace.delayMillis(false, 0)).as("one runs").isNegative();
    }

    @Test
    void longScansAreRareAndRarerStillWhileThereIsEnoughToDo() {
        scan(0, 200, true);
        pace.want();
        assertThat(pace.delayMillis(false, 200)).isEqualTo(2_000);
        assertThat(pace.delayMillis(true, 200)).isEqualTo(20_000);
        assertThat(pace.delayMillis(false, 2_200)).as("what was known is done").isZero();
    }

    @Test
    void nothingIsOverlookedForLong() {
        scan(0, 1_000, true);
        pace.want();
        assertThat(pace.delayMillis(true, 1_000)).isEqualTo(30_000);
        scan(50_000, 55_000, true);
        pace.want();
        assertThat(pace.delayMillis(true, 55_000)).isEqualTo(50_000);
    }

    @Test
    void anIncompleteScanIsRepeated() {
        scan(0, 10, false);
        assertThat(pace.delayMillis(false, 10)).isEqualTo(2_000);
    }
}
