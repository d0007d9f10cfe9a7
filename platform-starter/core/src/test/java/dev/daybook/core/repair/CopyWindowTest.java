package dev.daybook.core.repair;

import static dev.daybook.core.repair.SimulatedBookie.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.core.repair.CopyRoute.Purpose;
import dev.daybook.protocol.model.BookieId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyWindowTest {
    private static final long MANY = 10_000_000;
    private static final CopyRoute ROUTE = new CopyRoute(new BookieId("b"), Purpose.READ);

    private final CopyWindowLimits limits = new CopyWindowLimits(8, 0.25, 4 * MILLI, 50 * MILLI);
    private final CopyWindow window = new CopyWindow(limits);

    private SimulatedBookie bookie(long seed) {
        return new SimulatedBookie(window, seed, MILLI, MILLI / 4, MILLI / 5);
    }

    @Test
    void whereNobodyIsDisturbedTheWindowOpensToItsLimit() {
        SimulatedBookie bookie = bookie(1);
        bookie.copy(MANY);
        bookie.run(2_000);
        assertThat(window.runs()).isEqualTo(limits.runsMax());
        bookie.run(1_000);
        assertThat(bookie.copies()).as("of 4,000 that the bookie can do").isGreaterThan(3_500);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5})
    void aForegroundThatComesIsMadeRoomFor(long seed) {
        SimulatedBookie bookie = bookie(seed);
        bookie.foreground(3_500);
        bookie.run(5_000);
        long alone = bookie.p99Nanos();
        bookie.foreground(0);
        bookie.copy(MANY);
        bookie.run(5_000);
        int idle = bookie.copies();
        bookie.foreground(3_500);
        bookie.run(2_000);
        bookie.run(5_000);
        assertThat(bookie.copies()).isLessThan(idle / 2).isGreaterThan(idle / 20);
        assertThat(bookie.p99Nanos())
                .as("99 %% of the foreground alone: %d ns", alone)
                .isLessThan(alone + 2 * limits.targetNanos());
        bookie.foreground(0);
        bookie.run(5_000);
        assertThat(window.runs()).as("when it has gone").isEqualTo(limits.runsMax());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void aBookieThatIsAlwaysBusyIsRepairedNevertheless(long seed) {
        SimulatedBookie bookie = bookie(seed);
        bookie.copy(MANY);
        bookie.run(1_000);
        bookie.foreground(4_900);
        bookie.run(10_000);
        assertThat(window.runs()).isLessThan(2);
        bookie.run(10_000);
        assertThat(bookie.copies()).as("in ten seconds").isGreaterThan(100);
    }

    @Test
    void aPauseOfTheDiskIsWaitedForAndForgotten() {
        SimulatedBookie bookie = bookie(9);
        bookie.copy(MANY);
        bookie.run(2_000);
        bookie.pause(3_000 * MILLI);
        bookie.run(2_990);
        assertThat(bookie.copies()).as("not more than were under way").isLessThanOrEqualTo(limits.runsMax());
        bookie.run(3_000);
        assertThat(window.runs()).isEqualTo(limits.runsMax());
    }

    @Test
    void aBookieThatHasBecomeSlowerForGoodIsNotTakenForABusyOne() {
        for (long now = 0; now < 10_000 * MILLI; now += 10 * MILLI) {
            run(now, MILLI);
        }
        assertThat(window.runs()).isEqualTo(limits.runsMax());
        long slower = 10_000 * MILLI;
        for (long now = slower; now < slower + 20_000 * MILLI; now += 100 * MILLI) {
            run(now, 30 * MILLI);
        }
        assertThat(window.runs()).isEqualTo(limits.runsMin());
        for (long now = slower + 20_000 * MILLI; now < slower + 90_000 * MILLI; now += 100 * MILLI) {
            run(now, 30 * MILLI);
        }
        assertThat(window.runs()).isEqualTo(limits.runsMax());
    }

    /** As many as may begin, which end after this time. */
    private void run(long now, long tookNanos) {
        int begun = 0;
        while (window.pauseNanos(now) == 0) {
            window.onBegun(now);
            begun++;
        }
        for (int i = 0; i < begun; i++) {
            window.onAnswer(ROUTE, tookNanos, now + tookNanos);
            window.onEnded(now + tookNanos);
        }
    }

    @Test
    void refusalsHalveTheWindowButDoNotStopIt() {
        for (long now = 0; now < 10_000 * MILLI; now += 10 * MILLI) {
            run(now, MILLI);
        }
        long then = 10_000 * MILLI;
        window.onPushedBack(then + 100 * MILLI);
        assertThat(window.runs()).isEqualTo(limits.runsMax() / 2.0);
        window.onPushedBack(then + 101 * MILLI);
        assertThat(window.runs()).as("once for what was under way").isEqualTo(limits.runsMax() / 2.0);
        for (int i = 2; i < 20; i++) {
            window.onPushedBack(then + i * 100L * MILLI);
        }
        assertThat(window.runs()).isEqualTo(1);
        assertThat(window.pauseNanos(then + 3_000 * MILLI)).isZero();
    }

    @Test
    void whoIsToldNotToGiveWayTakesWhatThereIs() {
        window.giveWay(false);
        for (int i = 0; i < limits.runsMax(); i++) {
            assertThat(window.pauseNanos(i)).isZero();
            window.onBegun(i);
        }
        assertThat(window.pauseNanos(100)).isEqualTo(Long.MAX_VALUE);
        window.onEnded(101);
        assertThat(window.pauseNanos(102)).isZero();
    }

    @Test
    void aWindowThatIsNotUsedDoesNotGrow() {
        for (long now = 0; now < 10_000 * MILLI; now += 10 * MILLI) {
            window.onBegun(now);
            window.onAnswer(ROUTE, MILLI, now + MILLI);
            window.onEnded(now + MILLI);
        }
        assertThat(window.runs()).isLessThanOrEqualTo(2);
    }

    @Test
    void limitsWithoutProgressAreRefused() {
        assertThatThrownBy(() -> new CopyWindowLimits(8, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CopyWindowLimits(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
