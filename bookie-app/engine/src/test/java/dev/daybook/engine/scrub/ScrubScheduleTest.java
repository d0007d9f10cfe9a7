package dev.daybook.engine.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrubScheduleTest {
    private static final long HOUR = 3_600_000;

    @Test
    void theFirstRoundComesSoonAndTheNextAfterTheInterval() {
        ScrubSchedule schedule = new ScrubSchedule(24 * HOUR, 5);
        assertThat(schedule.isDue(HOUR + 4)).isFalse();
        assertThat(schedule.waitMillis(HOUR + 4)).isEqualTo(1);
        assertThat(schedule.isDue(HOUR + 5)).isTrue();
        schedule.began();
        schedule.ended(10 * HOUR);
        assertThat(schedule.isDue(34 * HOUR - 1)).isFalse();
        assertThat(schedule.isDue(34 * HOUR)).isTrue();
    }

    @Test
    void aRoundThatWasAskedForIsDueAtOnceAndOnce() {
        ScrubSchedule schedule = new ScrubSchedule(0, 0);
        assertThat(schedule.isDue(Long.MAX_VALUE)).isFalse();
        schedule.request();
        assertThat(schedule.isDue(0)).isTrue();
        assertThat(schedule.waitMillis(0)).isZero();
        schedule.began();
        assertThat(schedule.isDue(1)).isFalse();
    }
}
