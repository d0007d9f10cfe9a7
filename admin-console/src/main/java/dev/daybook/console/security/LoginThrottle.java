package dev.daybook.console.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: from one address a few attempts per window, counted before the password is looked at, so that
 * parallel guesses count too and a flood costs no hashing. A success forgets the address. Thread-safe.
 */
final class LoginThrottle {
    static final int ATTEMPTS_MAX = 5;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Enough for every address an operator may come from; a flood of addresses pushes out the oldest. */
    private static final int ADDRESSES_MAX = 10_000;

    private final InstantSource clock;
    private final Map<String, Attempts> byAddress = new LinkedHashMap<>(16, 0.75f, true);

    /** Attempts since {@code since}. */
    private record Attempts(Instant since, int count) {}

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one attempt. @return zero if it may go on, otherwise how long to wait */
    synchronized Duration admit(String address) {
        Instant now = clock.instant();
        Attempts before = byAddress.get(address);
        if (before == null || !now.isBefore(before.since().plus(WINDOW))) {
            byAddress.put(address, new Attempts(now, 1));
            forgetOldest();
            return Duration.ZERO;
        }
        if (before.count() >= ATTEMPTS_MAX) {
            return Duration.between(now, before.since().plus(WINDOW));
        }
        byAddress.put(address, new Attempts(before.since(), before.count() + 1));
        return Duration.ZERO;
    }

    synchronized void succeeded(String address) {
        byAddress.remove(address);
    }

    private void forgetOldest() {
        if (byAddress.size() > ADDRESSES_MAX) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
    }
}
