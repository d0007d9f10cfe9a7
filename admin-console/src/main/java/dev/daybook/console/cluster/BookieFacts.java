package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * What the console knows of one bookie. Facts of an earlier look stay while the bookie is down.
 *
 * @param record as the metadata service says now
 * @param service as last published; a bookie that is down publishes nothing
 * @param lastUp when the console last saw it registered; empty if never since the console started
 * @param usage as the bookie itself tells over HTTP
 * @param disk over the bookie protocol; asked only of bookies that do not tell their usage
 */
public record BookieFacts(
        BookieRecord record,
        BookieServiceInfo service,
        Optional<Instant> lastUp,
        Fact<BookieUsage> usage,
        Fact<DiskUsage> disk) {
    public BookieId id() {
        return record.id();
    }

    public BookieRecord.State state() {
        return record.state();
    }

    public boolean up() {
        return record.state() != BookieRecord.State.DOWN;
    }

    /** Whether the latest look learned how full its disks are, one way or the other. */
    public boolean told() {
        return usage.current() || disk.current();
    }

    /** Where it tells its usage, if it does. */
    public Optional<BookieEndpoint> http() {
        return service.endpoints().stream()
                .filter(endpoint -> BookieEndpoint.HTTP.equals(endpoint.protocol()))
                .findFirst();
    }

    /** The fullest ledger directory, or the sum over all of them where the bookie tells no more than that. */
    public Optional<DiskFill> fullest() {
        Optional<DiskFill> fullest = usage.value().flatMap(DiskFill::fullestOf);
        return fullest.isPresent()
                ? fullest
                : disk.value().map(sum -> DiskFill.of(sum.totalBytes(), sum.totalBytes() - sum.freeBytes()));
    }

    /** All ledger directories together. */
    public Optional<DiskFill> allDisks() {
        Optional<DiskFill> all = usage.value().flatMap(DiskFill::sumOf);
        return all.isPresent()
                ? all
                : disk.value().map(sum -> DiskFill.of(sum.totalBytes(), sum.totalBytes() - sum.freeBytes()));
    }
}
