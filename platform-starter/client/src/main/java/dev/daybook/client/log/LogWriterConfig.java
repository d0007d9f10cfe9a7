package dev.daybook.client.log;

import dev.daybook.client.LedgerSpec;
import dev.daybook.protocol.model.Durability;
import java.time.Duration;

/**
 * How a log is written.
 *
 * @param ledger what its ledgers are; readers need the same password
 * @param rollBytes payload bytes after which the next ledger is begun
 * @param rollAge after which the next append begins the next ledger
 * @param maxPendingBytes unacknowledged payload bytes of the writer beyond which appends wait
 * @param maxWait how long an append waits for room before it fails with {@code TOO_MANY_REQUESTS}
 * @param owner whom others see as the writer, for instance a host name; informative only
 */
public record LogWriterConfig(
        LedgerSpec ledger, long rollBytes, Duration rollAge, long maxPendingBytes, Duration maxWait, String owner) {
    public LogWriterConfig {
        if (ledger.durability() != Durability.SYNCED || ledger.id().isPresent()) {
            throw new IllegalArgumentException("the ledgers of a log are synced, and the log chooses their ids");
        }
        if (rollBytes < 1 || maxPendingBytes < 1) {
            throw new IllegalArgumentException(
                    "rollBytes and maxPendingBytes must be positive, were " + rollBytes + " and " + maxPendingBytes);
        }
        if (rollAge.isNegative() || rollAge.isZero()) {
            throw new IllegalArgumentException("rollAge must be positive, was " + rollAge);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait must not be negative, was " + maxWait);
        }
        if (!owner.matches("[!-~&&[^#]]{1,100}")) {
            throw new IllegalArgumentException(
                    "owner must be 1 to 100 printable characters without blanks and #, was \"" + owner + "\"");
        }
    }

    /** Ledgers of 1 GB or two hours, 16 MB under way, at most 20 seconds of waiting. */
    public static LogWriterConfig of(LedgerSpec ledger, String owner) {
        return new LogWriterConfig(ledger, 1L << 30, Duration.ofHours(2), 16L << 20, Duration.ofSeconds(20), owner);
    }

    public LogWriterConfig withRoll(long newRollBytes, Duration newRollAge) {
        return new LogWriterConfig(ledger, newRollBytes, newRollAge, maxPendingBytes, maxWait, owner);
    }
}
