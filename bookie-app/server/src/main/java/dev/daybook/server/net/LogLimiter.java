package dev.daybook.server.net;

import java.util.OptionalLong;

/** Lets one line per interval through and counts the ones it held back. Thread-safe. */
final class LogLimiter {
    private final long intervalNanos;
    private boolean open = true;
    private long nextNanos;
    private long heldBack;

    LogLimiter(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /** @return lines held back since the last one that passed; empty: hold this one back as well */
    synchronized OptionalLong tryPass(long nowNanos) {
        if (!open && nowNanos - nextNanos < 0) {
            heldBack++;
            return OptionalLong.empty();
        }
        open = false;
        nextNanos = nowNanos + intervalNanos;
        long before = heldBack;
        heldBack = 0;
        return OptionalLong.of(before);
    }
}
