package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.MeterNames;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.metrics.RepairPhase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records auto-recovery in a Micrometer registry. Meters of reasons and searches appear with their first use. Two
 * recorders in one registry need different tags.
 */
public final class MicrometerRecoveryMetrics implements RecoveryMetrics {
    private final Meters meters;
    private final EnumTable<RepairPhase, AtomicInteger> ledgers;
    private final Timer repairs;
    private final Counter copies;
    private final Counter bytes;
    private final Counter marked;
    private final AtomicInteger elected = new AtomicInteger();
    private final AtomicInteger awaited = new AtomicInteger();
    private final AtomicLong failing = new AtomicLong();
    private final AtomicLong soft = new AtomicLong();

    /** @param tags added to every meter, for example the bookie's name */
    public MicrometerRecoveryMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        meters = new Meters(registry, tags);
        ledgers = new EnumTable<>(RepairPhase.class, phase -> {
            AtomicInteger count = new AtomicInteger();
            meters.gauge(
                    MeterNames.RECOVERY_LEDGERS,
                    "Marked ledgers that the worker knows",
                    count::get,
                    MeterNames.PHASE,
                    phase.tag());
            return count;
        });
        repairs = meters.timer(MeterNames.RECOVERY_REPAIRS, "Repairs that made a ledger whole");
        copies = meters.counter(MeterNames.RECOVERY_COPIES, "Entries copied by repairs");
        bytes = meters.bytesCounter(MeterNames.RECOVERY_COPIED, "Payload copied by repairs");
        marked = meters.counter(MeterNames.RECOVERY_MARKED, "Marks written by the auditor");
        meters.gauge(MeterNames.RECOVERY_AUDITOR, "1 while this process is the auditor", elected::get);
        meters.gauge(MeterNames.RECOVERY_AWAITED, "Bookies that are away and may come back", awaited::get);
        misplacedGauge("fails", failing);
        misplacedGauge("soft", soft);
    }

    private void misplacedGauge(String adherence, AtomicLong count) {
        meters.gauge(
                MeterNames.RECOVERY_MISPLACED,
                "Closed ledgers whose ensembles do not quite keep to the placement policy",
                count::get,
                MeterNames.ADHERENCE,
                adherence);
    }

    @Override
    public void ledgers(RepairPhase phase, int count) {
        ledgers.of(phase).set(count);
    }

    @Override
    public void repaired(long nanos) {
        repairs.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stalled(String reason) {
        meters.counter(MeterNames.RECOVERY_STALLS, "Reasons why repairs left copies missing", MeterNames.REASON, reason)
                .increment();
    }

    @Override
    public void copied(long moreCopies, long moreBytes) {
        copies.increment((double) moreCopies);
        bytes.increment((double) moreBytes);
    }

    @Override
    public void auditor(boolean nowElected) {
        elected.set(nowElected ? 1 : 0);
    }

    @Override
    public void searched(String search, boolean complete, long nanos) {
        meters.timer(
                        MeterNames.RECOVERY_SEARCHES,
                        "Searches of the auditor through all ledgers",
                        MeterNames.SEARCH,
                        search,
                        MeterNames.COMPLETE,
                        Boolean.toString(complete))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void ledgerMarked() {
        marked.increment();
    }

    @Override
    public void bookiesAwaited(int count) {
        awaited.set(count);
    }

    @Override
    public void misplaced(long nowFailing, long nowSoft) {
        failing.set(nowFailing);
        soft.set(nowSoft);
    }
}
