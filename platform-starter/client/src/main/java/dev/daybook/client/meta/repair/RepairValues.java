package dev.daybook.client.meta.repair;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.format.WorkerReportFormat;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what others left; what cannot be read is a {@code METADATA_CORRUPT} of the client. */
final class RepairValues {
    private static final Logger LOG = LoggerFactory.getLogger(RepairValues.class);

    private RepairValues() {}

    static UnderReplicationMark mark(LedgerId ledger, byte[] bytes) {
        return read("The mark of ledger " + ledger, bytes, UnderReplicationFormat::parseMark);
    }

    /** One mark that nobody can read must not hide all others: it stands for a ledger of which nothing is known. */
    static UnderReplicationMark markInList(LedgerId ledger, byte[] bytes) {
        try {
            return mark(ledger, bytes);
        } catch (LedgerException e) {
            LOG.warn("{}", e.getMessage());
            return new UnderReplicationMark(List.of(), OptionalLong.empty());
        }
    }

    /** Informative only, so that an unreadable one is as good as none. */
    static String holder(byte[] bytes) {
        try {
            return UnderReplicationFormat.parseHolder(bytes);
        } catch (MalformedMetadataException e) {
            return "";
        }
    }

    static String vote(byte[] bytes) {
        return read("The auditor's vote", bytes, UnderReplicationFormat::parseHolder);
    }

    static long delaySeconds(byte[] bytes) {
        return read(
                "The delay for lost bookies", bytes, stored -> (long) UnderReplicationFormat.parseDelaySeconds(stored));
    }

    static long checkTime(byte[] bytes) {
        return read("The time of the last check", bytes, UnderReplicationFormat::parseCheckTime);
    }

    static RepairLimits limits(byte[] bytes) {
        return read("The limit of repair", bytes, WorkerReportFormat::parseLimits);
    }

    /** A worker of another version must not hide all others. */
    static Optional<WorkerReport> report(String id, byte[] bytes) {
        try {
            return Optional.of(WorkerReportFormat.parse(bytes));
        } catch (MalformedMetadataException e) {
            LOG.warn("The report of worker {} is unreadable. {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private static <T> T read(String what, byte[] bytes, Function<byte[], T> parser) {
        try {
            return parser.apply(bytes);
        } catch (MalformedMetadataException e) {
            throw new LedgerException(Reason.METADATA_CORRUPT, what + " is unreadable. " + e.getMessage(), e);
        }
    }
}
