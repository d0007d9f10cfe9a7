package dev.daybook.engine.compaction;

/**
 * Limits a rate. What is taken may exceed what is there, so that one large entry gets through; the debt is waited for
 * before the next.
 */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1_000_000_000.0;

    private final long perSecond;
    private final long burst;
    private double tokens;
    private long lastNanos;

    /**
     * @param perSecond tokens per second; 0 or less: no limit
     * @param burst tokens that pile up at most while nobody takes any
     */
    public TokenBucket(long perSecond, long burst, long nowNanos) {
        if (perSecond > 0 && burst < 1) {
            throw new IllegalArgumentException("burst must be positive, was " + burst);
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes the tokens and says how many nanoseconds to wait before they may be used. */
    public long take(long count, long nowNanos) {
        if (perSecond <= 0) {
            return 0;
        }
        double passed = Math.max(0, nowNanos - lastNanos) / NANOS_PER_SECOND;
        tokens = Math.min((double) burst, tokens + passed * perSecond) - count;
        lastNanos = nowNanos;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS_PER_SECOND);
    }
}
