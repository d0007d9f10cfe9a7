package dev.daybook.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerBookieMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerBookieMetrics metrics = new MicrometerBookieMetrics(registry, Tags.empty());

    @Test
    void requestsAreTimedByOperationAndStatus() {
        metrics.requestCompleted(RequestKind.ADD, RequestStatus.OK, 3_000_000, 1000);
        metrics.requestCompleted(RequestKind.ADD, RequestStatus.FENCED, 1_000_000, 1000);
        metrics.requestCompleted(RequestKind.ADD, RequestStatus.FENCED, 1_000_000, 1000);

        assertThat(registry.get("daybook.bookie.requests")
                        .tags("operation", "add", "status", "ok")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(registry.get("daybook.bookie.requests")
                        .tags("operation", "add", "status", "fenced")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("daybook.bookie.request.payload")
                        .tag("operation", "add")
                        .counter()
                        .count())
                .isEqualTo(1000);
    }

    @Test
    void aStatusThatNeverHappenedHasNoTimer() {
        assertThat(registry.find("daybook.bookie.requests")
                        .tag("status", "no_entry")
                        .timers())
                .isEmpty();
        assertThat(registry.find("daybook.bookie.requests").tag("status", "ok").timers())
                .hasSize(RequestKind.values().length - 1);
    }

    @Test
    void everyKindAndStatusCanBeRecorded() {
        for (RequestKind kind : RequestKind.values()) {
            for (RequestStatus status : RequestStatus.values()) {
                metrics.requestCompleted(kind, status, 1, 0);
                metrics.requestCompleted(kind, status, 1, 0);
                assertThat(registry.get("daybook.bookie.requests")
                                .tags("operation", kind.tag(), "status", status.tag())
                                .timer()
                                .count())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void journalAndFlushAreTimedAndCounted() {
        metrics.journalSynced(2_000_000, 4096, 17);
        metrics.flushCompleted(5_000_000, 8192);

        assertThat(registry.get("daybook.bookie.journal.sync").timer().count()).isEqualTo(1);
        assertThat(registry.get("daybook.bookie.journal.written").counter().count())
                .isEqualTo(4096);
        assertThat(registry.get("daybook.bookie.journal.entries").counter().count())
                .isEqualTo(17);
        assertThat(registry.get("daybook.bookie.flush").timer().count()).isEqualTo(1);
        assertThat(registry.get("daybook.bookie.flushed").counter().count()).isEqualTo(8192);
    }

    @Test
    void gaugesShowTheLastValue() {
        metrics.bytesInFlightChanged(30);
        metrics.bytesInFlightChanged(-10);
        metrics.connectionsChanged(2);
        metrics.connectionsChanged(-1);
        metrics.frameRejected();
        metrics.writeCacheBytes(5);
        metrics.journalReplayBytes(6);
        metrics.entryLogs(7, 8);
        metrics.readOnly(true);
        metrics.diskUsage("/a", 100, 40);
        metrics.diskUsage("/b", 200, 50);
        metrics.diskUsage("/a", 100, 30);

        assertThat(gauge("daybook.bookie.inflight")).isEqualTo(20);
        assertThat(gauge("daybook.bookie.connections")).isEqualTo(1);
        assertThat(registry.get("daybook.bookie.rejected.frames").counter().count())
                .isEqualTo(1);
        assertThat(gauge("daybook.bookie.write.cache")).isEqualTo(5);
        assertThat(gauge("daybook.bookie.journal.replay")).isEqualTo(6);
        assertThat(gauge("daybook.bookie.entry.logs")).isEqualTo(7);
        assertThat(gauge("daybook.bookie.entry.log.size")).isEqualTo(8);
        assertThat(gauge("daybook.bookie.read.only")).isEqualTo(1);
        assertThat(registry.get("daybook.bookie.disk.free")
                        .tag("directory", "/a")
                        .gauge()
                        .value())
                .isEqualTo(30);
        assertThat(registry.get("daybook.bookie.disk.total")
                        .tag("directory", "/b")
                        .gauge()
                        .value())
                .isEqualTo(200);
        metrics.readOnly(false);
        assertThat(gauge("daybook.bookie.read.only")).isZero();
    }

    @Test
    void whatIsInLimboAndWhatCameBackIsShown() {
        metrics.limbo(7, 2);
        metrics.refilled(1, 20, 4096);
        metrics.refilled(1, 0, 0);
        assertThat(gauge("daybook.bookie.limbo.ledgers")).isEqualTo(7);
        assertThat(gauge("daybook.bookie.limbo.stuck")).isEqualTo(2);
        assertThat(registry.get("daybook.bookie.refill.ledgers").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("daybook.bookie.refill.entries").counter().count())
                .isEqualTo(20);
        assertThat(registry.get("daybook.bookie.refill.copied").counter().count())
                .isEqualTo(4096);
    }

    @Test
    void reclamationShowsWhatItGaveBackAndWhenItLastSucceeded() {
        metrics.scrubCompleted(4096, 2, 1);
        assertThat(registry.get("daybook.bookie.scrub.damaged").gauge().value()).isEqualTo(2);
        assertThat(registry.get("daybook.bookie.scrub.ledgers").gauge().value()).isEqualTo(1);
        metrics.garbageCollected(3);
        metrics.spaceReclaimed(4096);
        metrics.compactionCopied(512);
        metrics.entryLogsByLiveShare(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

        assertThat(gauge("daybook.bookie.gc.age")).isBetween(0.0, 60.0);
        assertThat(registry.get("daybook.bookie.gc.ledgers").counter().count()).isEqualTo(3);
        assertThat(registry.get("daybook.bookie.gc.reclaimed").counter().count())
                .isEqualTo(4096);
        assertThat(registry.get("daybook.bookie.compaction.copied").counter().count())
                .isEqualTo(512);
        assertThat(registry.get("daybook.bookie.entry.logs.live")
                        .tag("live", "0.2")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("daybook.bookie.entry.logs.live")
                        .tag("live", "1.0")
                        .gauge()
                        .value())
                .isEqualTo(10);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
