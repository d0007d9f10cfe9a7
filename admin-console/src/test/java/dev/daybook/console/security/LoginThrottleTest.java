package dev.daybook.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    @Test
    void letsAFewAttemptsThroughPerWindow() {
        for (int i = 0; i < LoginThrottle.ATTEMPTS_MAX; i++) {
            assertThat(throttle.admit("a")).isZero();
        }
        now = now.plusSeconds(20);
        assertThat(throttle.admit("a")).isEqualTo(Duration.ofSeconds(40));
        assertThat(throttle.admit("b")).isZero();
        now = now.plusSeconds(40);
        assertThat(throttle.admit("a")).isZero();
    }

    @Test
    void aSuccessForgets() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.admit("a")).isZero();
            throttle.succeeded("a");
        }
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < LoginThrottle.ATTEMPTS_MAX; i++) {
            throttle.admit("first");
        }
        for (int i = 0; i < 10_001; i++) {
            throttle.admit("address " + i);
        }
        assertThat(throttle.admit("first")).isZero();
    }
}
