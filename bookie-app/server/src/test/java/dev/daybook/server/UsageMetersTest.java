package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.metrics.micrometer.MicrometerBookieMetrics;
import dev.daybook.server.shard.StorageUsage;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerBookieMetrics metrics = new MicrometerBookieMetrics(registry, Tags.empty());

    @Test
    void sumsJournalsAndShowsCacheAndEntryLogs() {
        UsageMeters.record(usage(100, 23, 7), metrics);

        assertThat(gauge("daybook.bookie.journal.replay")).isEqualTo(123);
        assertThat(gauge("daybook.bookie.write.cache")).isEqualTo(7);
        assertThat(gauge("daybook.bookie.entry.logs")).isEqualTo(2);
        assertThat(gauge("daybook.bookie.entry.log.size")).isEqualTo(5000);
    }

    @Test
    void unknownIsNotANumber() {
        UsageMeters.record(usage(100, 23, 7), metrics);
        UsageMeters.record(usage(100, BookieUsage.UNKNOWN, BookieUsage.UNKNOWN), metrics);

        assertThat(gauge("daybook.bookie.journal.replay")).isEqualTo(123);
        assertThat(gauge("daybook.bookie.write.cache")).isEqualTo(7);
    }

    private static StorageUsage usage(long firstReplay, long secondReplay, long cacheBytes) {
        return new StorageUsage(
                List.of(
                        new BookieUsage.Journal("/j1", 1, 1000, 1, 10, firstReplay),
                        new BookieUsage.Journal("/j2", 1, 1000, 1, 10, secondReplay)),
                new BookieUsage.EntryLogs(2, 5000, List.of()),
                new BookieUsage.WriteCache(cacheBytes, 100),
                3,
                4);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
