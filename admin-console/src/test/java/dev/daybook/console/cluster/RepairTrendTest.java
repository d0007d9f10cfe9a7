package dev.daybook.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.console.cluster.RepairTrend.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepairTrendTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static Sample sample(long seconds, long marked) {
        return new Sample(BEGIN.plusSeconds(seconds), marked);
    }

    @Test
    void saysNothingBeforeItCan() {
        assertThat(RepairTrend.NOTHING.fallPerMinute()).isEmpty();
        assertThat(RepairTrend.NOTHING.left()).isEmpty();
        assertThat(RepairTrend.NOTHING.with(sample(0, 10)).with(sample(5, 2)).fallPerMinute())
                .isEmpty();
    }

    @Test
    void countsThePaceOfTheLastMinutesOnly() {
        RepairTrend trend = RepairTrend.NOTHING
                .with(sample(0, 90_000))
                .with(sample(600, 1_000))
                .with(sample(720, 800))
                .with(sample(840, 600));
        assertThat(trend.fallPerMinute()).hasValue(100.0);
        assertThat(trend.left()).hasValue(Duration.ofMinutes(6));
        assertThat(trend.peak()).isEqualTo(90_000);
    }

    @Test
    void promisesNoEndWhenItGrowsOrStaysOrIsDone() {
        assertThat(RepairTrend.NOTHING.with(sample(0, 5)).with(sample(60, 9)).left())
                .isEmpty();
        assertThat(RepairTrend.NOTHING.with(sample(0, 5)).with(sample(60, 5)).left())
                .isEmpty();
        assertThat(RepairTrend.NOTHING.with(sample(0, 5)).with(sample(60, 0)).left())
                .isEmpty();
        assertThat(RepairTrend.NOTHING.with(sample(0, 5)).with(sample(60, 9)).fallPerMinute())
                .hasValue(-4.0);
    }

    @Test
    void staysSmallAndKeepsFirstAndLast() {
        RepairTrend trend = RepairTrend.NOTHING;
        for (int i = 0; i < 10_000; i++) {
            trend = trend.with(sample(i, 10_000 - i));
        }
        assertThat(trend.samples()).hasSizeLessThanOrEqualTo(RepairTrend.SAMPLES_MAX + 1);
        assertThat(trend.samples().get(0)).isEqualTo(sample(0, 10_000));
        assertThat(trend.samples().get(trend.samples().size() - 1)).isEqualTo(sample(9_999, 1));
        assertThat(trend.samples()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }
}
