package dev.daybook.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.BookieFailure;
import dev.daybook.metrics.CallOutcome;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerClientMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerClientMetrics metrics = new MicrometerClientMetrics(registry, Tags.of("client", "one"));

    @Test
    void everyOutcomeHasATimerBeforeAnythingHappened() {
        for (CallOutcome outcome : CallOutcome.values()) {
            assertThat(registry.get("daybook.client.add")
                            .tag("outcome", outcome.tag())
                            .timer()
                            .count())
                    .isZero();
        }
    }

    @Test
    void onlyAcknowledgedBytesCountAsWritten() {
        metrics.addCompleted(CallOutcome.OK, 5_000_000, 10);
        metrics.addCompleted(CallOutcome.FENCED, 1_000_000, 7);

        assertThat(registry.get("daybook.client.written").counter().count()).isEqualTo(10);
        assertThat(registry.get("daybook.client.add")
                        .tag("outcome", "ok")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(5);
        assertThat(registry.get("daybook.client.add")
                        .tag("outcome", "fenced")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void readsCountTheirPayload() {
        metrics.readCompleted(CallOutcome.OK, 1, 100);
        metrics.readCompleted(CallOutcome.ABSENT, 1, 0);

        assertThat(registry.get("daybook.client.read.payload").counter().count())
                .isEqualTo(100);
        assertThat(registry.get("daybook.client.read")
                        .tag("outcome", "absent")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void pendingBytesGoUpAndDown() {
        metrics.pendingBytesChanged(100);
        metrics.pendingBytesChanged(50);
        metrics.pendingBytesChanged(-100);

        assertThat(registry.get("daybook.client.pending").gauge().value()).isEqualTo(50);
    }

    @Test
    void quarantinedBookiesComeAndGo() {
        metrics.quarantineChanged(2);
        metrics.quarantineChanged(-1);

        assertThat(registry.get("daybook.client.quarantined.bookies").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void countsWhatGoesWrong() {
        metrics.ensembleChanged();
        metrics.speculativeReadSent();
        metrics.speculativeReadSent();
        metrics.speculativeReadWon();
        metrics.repairHintSent();
        metrics.bookieFailed(BookieFailure.TIMEOUT);
        metrics.bookieFailed(BookieFailure.TIMEOUT);

        assertThat(registry.get("daybook.client.ensemble.changes").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("daybook.client.speculative.reads").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("daybook.client.speculative.reads.won")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("daybook.client.repair.hints").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("daybook.client.bookie.failures")
                        .tag("reason", "timeout")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void everyMeterCarriesTheGivenTags() {
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("client")).isEqualTo("one"));
    }
}
