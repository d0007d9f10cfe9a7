package dev.daybook.client.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepairPaceTest {
    private static final long START = TimeUnit.HOURS.toNanos(3);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RepairPace pace = new RepairPace();
    private long now = START;

    /** Reads of 100 bytes as fast as they may be, for so long; how many bytes they were. */
    private long readFor(long nanos) {
        long end = now + nanos;
        long bytes = 0;
        while (now < end) {
            long pause = pace.pauseNanos(now);
            if (pause == 0) {
                pace.onRead(100, now);
                bytes += 100;
            } else {
                now += pause;
            }
        }
        return bytes;
    }

    @Test
    void overTimeTheLimitHolds() {
        pace.limit(1_000);
        assertThat(readFor(10 * SECOND)).isBetween(10_000L, 10_100L);
    }

    @Test
    void withoutALimitNobodyWaits() {
        pace.onRead(Long.MAX_VALUE, now);
        assertThat(pace.pauseNanos(now)).isZero();
    }

    @Test
    void idleTimeIsNotSavedUp() {
        pace.limit(1_000);
        pace.onRead(100, now);
        now += 60 * SECOND;
        assertThat(readFor(SECOND)).isLessThanOrEqualTo(1_100);
    }

    @Test
    void aNewLimitCountsAtOnceForWhatIsOwed() {
        pace.limit(1);
        pace.onRead(1_000_000, now);
        assertThat(pace.pauseNanos(now))
                .as("a pause that nobody sleeps too long in")
                .isEqualTo(SECOND);
        pace.limit(1_000_000);
        now += 2 * SECOND;
        assertThat(pace.pauseNanos(now)).isZero();
        pace.limit(1);
        pace.onRead(1_000_000, now);
        pace.limit(0);
        assertThat(pace.pauseNanos(now)).isZero();
    }
}
