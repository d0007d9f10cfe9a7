package dev.daybook.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.RepairPhase;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Dashboards and alert rules are written against these names; a change here breaks them. */
class PrometheusNamesTest {
    private static final Set<String> CLIENT = new TreeSet<>(List.of(
            "daybook_client_add_seconds",
            "daybook_client_add_seconds_max",
            "daybook_client_bookie_failures_total",
            "daybook_client_ensemble_changes_total",
            "daybook_client_pending_bytes",
            "daybook_client_quarantined_bookies",
            "daybook_client_read_payload_bytes_total",
            "daybook_client_read_seconds",
            "daybook_client_read_seconds_max",
            "daybook_client_repair_hints_total",
            "daybook_client_speculative_reads_total",
            "daybook_client_speculative_reads_won_total",
            "daybook_client_written_bytes_total"));

    private static final Set<String> BOOKIE = new TreeSet<>(List.of(
            "daybook_bookie_compaction_copied_bytes_total",
            "daybook_bookie_connections",
            "daybook_bookie_disk_free_bytes",
            "daybook_bookie_disk_total_bytes",
            "daybook_bookie_entry_log_size_bytes",
            "daybook_bookie_entry_logs",
            "daybook_bookie_entry_logs_live",
            "daybook_bookie_flush_seconds",
            "daybook_bookie_flush_seconds_max",
            "daybook_bookie_flushed_bytes_total",
            "daybook_bookie_gc_age_seconds",
            "daybook_bookie_gc_ledgers_total",
            "daybook_bookie_gc_reclaimed_bytes_total",
            "daybook_bookie_scrub_read_bytes_total",
            "daybook_bookie_scrub_age_seconds",
            "daybook_bookie_scrub_damaged",
            "daybook_bookie_scrub_ledgers",
            "daybook_bookie_limbo_ledgers",
            "daybook_bookie_limbo_stuck",
            "daybook_bookie_refill_ledgers_total",
            "daybook_bookie_refill_entries_total",
            "daybook_bookie_refill_copied_bytes_total",
            "daybook_bookie_inflight_bytes",
            "daybook_bookie_journal_entries_total",
            "daybook_bookie_journal_replay_bytes",
            "daybook_bookie_journal_sync_seconds",
            "daybook_bookie_journal_sync_seconds_max",
            "daybook_bookie_journal_written_bytes_total",
            "daybook_bookie_read_only",
            "daybook_bookie_rejected_frames_total",
            "daybook_bookie_request_payload_bytes_total",
            "daybook_bookie_requests_seconds",
            "daybook_bookie_requests_seconds_max",
            "daybook_bookie_write_cache_bytes"));

    private static final Set<String> AUTO_RECOVERY = new TreeSet<>(List.of(
            "daybook_autorecovery_auditor",
            "daybook_autorecovery_awaited_bookies",
            "daybook_autorecovery_copied_bytes_total",
            "daybook_autorecovery_copies_total",
            "daybook_autorecovery_ledgers",
            "daybook_autorecovery_marked_total",
            "daybook_autorecovery_misplaced_ledgers",
            "daybook_autorecovery_repairs_seconds",
            "daybook_autorecovery_repairs_seconds_max",
            "daybook_autorecovery_searches_seconds",
            "daybook_autorecovery_searches_seconds_max",
            "daybook_autorecovery_stalls_total"));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void client() {
        MicrometerClientMetrics metrics = new MicrometerClientMetrics(registry, Tags.empty());
        metrics.pendingBytesChanged(1);

        assertThat(families(registry.scrape())).isEqualTo(CLIENT);
        assertThat(registry.scrape()).contains("daybook_client_add_seconds_count{outcome=\"ok\"} 0");
    }

    @Test
    void bookie() {
        MicrometerBookieMetrics metrics = new MicrometerBookieMetrics(registry, Tags.of("bookie", "b:1"));
        metrics.diskUsage("/data", 2, 1);

        assertThat(families(registry.scrape())).isEqualTo(BOOKIE);
        assertThat(registry.scrape())
                .contains("daybook_bookie_disk_free_bytes{bookie=\"b:1\",directory=\"/data\"} 1.0");
    }

    @Test
    void autoRecovery() {
        MicrometerRecoveryMetrics metrics = new MicrometerRecoveryMetrics(registry, Tags.empty());
        metrics.ledgers(RepairPhase.BACK_OFF, 3);
        metrics.stalled("no_target");
        metrics.searched("lost_bookies", true, 1_000_000);

        assertThat(families(registry.scrape())).isEqualTo(AUTO_RECOVERY);
        assertThat(registry.scrape())
                .contains("daybook_autorecovery_ledgers{phase=\"back_off\"} 3.0")
                .contains("daybook_autorecovery_stalls_total{reason=\"no_target\"} 1.0");
    }

    private static Set<String> families(String text) {
        Set<String> names = new TreeSet<>();
        text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> names.add(line.split(" ", -1)[2]));
        return names;
    }
}
