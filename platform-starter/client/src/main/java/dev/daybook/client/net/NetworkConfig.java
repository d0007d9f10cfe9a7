package dev.daybook.client.net;

import dev.daybook.client.security.SecurityConfig;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;

/**
 * @param loops event loops, each with its own connections
 * @param maxFrameBytes longest answer accepted, length prefix included
 * @param generation spoken wherever it has the operation
 * @param security how connections are secured
 * @param sweepInterval between two looks for overdue calls; timeouts are late by at most this much
 */
public record NetworkConfig(
        int loops,
        Duration connectTimeout,
        int maxFrameBytes,
        Generation generation,
        SecurityConfig security,
        Duration sweepInterval) {
    public NetworkConfig {
        if (loops < 1) {
            throw new IllegalArgumentException("loops must be positive, was " + loops);
        }
        if (sweepInterval.isZero() || sweepInterval.isNegative()) {
            throw new IllegalArgumentException("sweepInterval must be positive, was " + sweepInterval);
        }
    }
}
