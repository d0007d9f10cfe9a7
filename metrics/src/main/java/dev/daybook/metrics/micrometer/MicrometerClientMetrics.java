package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.BookieFailure;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.MeterNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records the client's work in a Micrometer registry. All meters exist from the start, so a rate over the first failure
 * is right and recording is an array access. Two recorders in one registry need different tags.
 */
public final class MicrometerClientMetrics implements ClientMetrics {
    private final EnumTable<CallOutcome, Timer> adds;
    private final EnumTable<CallOutcome, Timer> reads;
    private final EnumTable<BookieFailure, Counter> failures;
    private final Counter written;
    private final Counter readPayload;
    private final Counter ensembleChanges;
    private final Counter speculativeReads;
    private final Counter speculativeReadsWon;
    private final Counter repairHints;
    private final LongAdder quarantined = new LongAdder();
    private final LongAdder pendingBytes = new LongAdder();

    /** @param tags added to every meter, for example the client's name */
    public MicrometerClientMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        Meters meters = new Meters(registry, tags);
        adds = timers(meters, MeterNames.CLIENT_ADD, "Appends, from the call to the completion");
        reads = timers(meters, MeterNames.CLIENT_READ, "Reads of single entries");
        failures = new EnumTable<>(
                BookieFailure.class,
                reason -> meters.counter(
                        MeterNames.CLIENT_BOOKIE_FAILURES,
                        "Requests to bookies that failed",
                        MeterNames.REASON,
                        reason.tag()));
        written = meters.bytesCounter(MeterNames.CLIENT_WRITTEN, "Payload that an ack quorum has");
        readPayload = meters.bytesCounter(MeterNames.CLIENT_READ_PAYLOAD, "Payload read and verified");
        ensembleChanges =
                meters.counter(MeterNames.CLIENT_ENSEMBLE_CHANGES, "Ensembles replaced in the metadata store");
        speculativeReads = meters.counter(
                MeterNames.CLIENT_SPECULATIVE_READS, "Reads sent to a second replica because the first was slow");
        speculativeReadsWon = meters.counter(
                MeterNames.CLIENT_SPECULATIVE_READS_WON, "Reads that a replica asked for speed answered first");
        repairHints =
                meters.counter(MeterNames.CLIENT_REPAIR_HINTS, "Bad copies marked for repair in the metadata store");
        meters.gauge(MeterNames.CLIENT_QUARANTINED, "Bookies that are avoided because they failed", quarantined::sum);
        meters.bytesGauge(MeterNames.CLIENT_PENDING, "Payload submitted and not acknowledged", pendingBytes::sum);
    }

    private static EnumTable<CallOutcome, Timer> timers(Meters meters, String name, String description) {
        return new EnumTable<>(
                CallOutcome.class, outcome -> meters.timer(name, description, MeterNames.OUTCOME, outcome.tag()));
    }

    @Override
    public void addCompleted(CallOutcome outcome, long nanos, long bytes) {
        adds.of(outcome).record(nanos, TimeUnit.NANOSECONDS);
        if (outcome == CallOutcome.OK) {
            written.increment((double) bytes);
        }
    }

    @Override
    public void readCompleted(CallOutcome outcome, long nanos, long bytes) {
        reads.of(outcome).record(nanos, TimeUnit.NANOSECONDS);
        if (outcome == CallOutcome.OK) {
            readPayload.increment((double) bytes);
        }
    }

    @Override
    public void pendingBytesChanged(long delta) {
        pendingBytes.add(delta);
    }

    @Override
    public void ensembleChanged() {
        ensembleChanges.increment();
    }

    @Override
    public void bookieFailed(BookieFailure reason) {
        failures.of(reason).increment();
    }

    @Override
    public void speculativeReadSent() {
        speculativeReads.increment();
    }

    @Override
    public void speculativeReadWon() {
        speculativeReadsWon.increment();
    }

    @Override
    public void quarantineChanged(int delta) {
        quarantined.add(delta);
    }

    @Override
    public void repairHintSent() {
        repairHints.increment();
    }
}
