package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long nowNanos;

    @Test
    void showsPercentSpeedAndTimeLeft() {
        Progress progress = progress(OptionalLong.of(1000), true);
        after(10);
        progress.advance(500, 250);

        assertThat(drawn()).isEqualTo("\rwriting [#####---------------]  25%  500 lines  50 lines/s  0:30 left");
    }

    @Test
    void withoutASizeItShowsSpeed() {
        Progress progress = progress(OptionalLong.empty(), true);
        after(2);
        progress.advance(5000, 250);

        assertThat(drawn()).isEqualTo("\rwriting  5,000 lines  2,500 lines/s");
    }

    @Test
    void shortRunsShowNothing() {
        Progress progress = progress(OptionalLong.of(1000), true);
        progress.advance(500, 500);
        progress.finish();

        assertThat(drawn()).isEmpty();
    }

    @Test
    void nobodyWatching() {
        Progress progress = progress(OptionalLong.of(1000), false);
        after(100);
        progress.advance(500, 500);

        assertThat(drawn()).isEmpty();
    }

    @Test
    void removesItself() {
        Progress progress = progress(OptionalLong.empty(), true);
        after(1);
        progress.advance(1, 1);
        out.reset();
        progress.finish();

        assertThat(drawn()).matches("\r +\r");
    }

    private Progress progress(OptionalLong size, boolean enabled) {
        return new Progress(
                new PrintStream(out, true, StandardCharsets.UTF_8), "writing", size, enabled, () -> nowNanos);
    }

    private void after(long seconds) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private String drawn() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
