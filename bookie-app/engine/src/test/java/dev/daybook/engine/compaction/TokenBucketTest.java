package dev.daybook.engine.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsABurstThroughAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(100, 50, 0);
        assertThat(bucket.take(50, 0)).isZero();
        assertThat(bucket.take(100, 0)).isEqualTo(SECOND);
        assertThat(bucket.take(100, SECOND)).isEqualTo(SECOND);
        assertThat(bucket.take(0, 2 * SECOND)).isZero();
    }

    @Test
    void keepsNoMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(100, 50, 0);
        assertThat(bucket.take(150, 1000 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void letsSomethingLargerThanTheBurstThroughAndWaitsForItAfterwards() {
        TokenBucket bucket = new TokenBucket(10, 1, 0);
        assertThat(bucket.take(101, 0)).isEqualTo(10 * SECOND);
        assertThat(bucket.take(1, 10 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void aClockThatStandsOrGoesBackGivesNothing() {
        TokenBucket bucket = new TokenBucket(10, 1, 5 * SECOND);
        assertThat(bucket.take(1, 5 * SECOND)).isZero();
        assertThat(bucket.take(1, 4 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void withoutARateNothingIsLimited() {
        TokenBucket bucket = new TokenBucket(0, 0, 0);
        assertThat(bucket.take(Long.MAX_VALUE, 0)).isZero();
    }
}
