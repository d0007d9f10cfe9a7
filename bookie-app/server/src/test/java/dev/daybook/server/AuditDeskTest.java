package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.core.audit.Search;
import dev.daybook.core.audit.SearchPlan;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.net.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever is the auditor tells what it does, and makes a search that somebody asks for through the metadata service. */
class AuditDeskTest extends AutoRecoveryBed {
    private static final long LONG_AGO_MILLIS = Duration.ofDays(21).toMillis();

    private AutoRecovery auditor(String name, SearchPlan plan) {
        AutoRecovery begun = AutoRecovery.start(
                AutoRecoveryConfig.of(name).withPace(HASTY).withAudit(new AutoRecoveryConfig.Audit(plan, 0, 0, false)),
                clientConfig(),
                cluster.another(),
                RecoveryMetrics.NONE);
        recoveries.add(begun);
        return begun;
    }

    private Optional<AuditorReport> report() {
        return await(new AuditorReports(cluster.records()).read());
    }

    private Course course(Search search) {
        return report().map(told -> told.searches().getOrDefault(search, Course.NOTHING))
                .orElse(Course.NOTHING);
    }

    private void ask(Search search) {
        await(cluster.repairs().pretendCompleted(search, System.currentTimeMillis() - LONG_AGO_MILLIS));
    }

    private boolean isRecent(Search search) {
        return await(cluster.repairs().completed(search)).orElse(0)
                > System.currentTimeMillis() - Duration.ofHours(1).toMillis();
    }

    @Test
    void theAuditorTellsWhatItDidAndWhatComesNext() {
        auditor("first", new SearchPlan(Map.of(Search.PLACEMENT, 3_600_000L)));
        Eventually.holds("it has searched", () -> course(Search.LOST_BOOKIES).complete());
        Eventually.holds(
                "and for placement",
                () -> course(Search.PLACEMENT).complete()
                        && course(Search.PLACEMENT).next().isPresent());
        AuditorReport told = report().orElseThrow();
        assertThat(told.auditor()).isEqualTo("first");
        assertThat(course(Search.PLACEMENT).next().orElseThrow())
                .isGreaterThan(course(Search.PLACEMENT).ended().orElseThrow());
        assertThat(told.searches()).doesNotContainKey(Search.REPLICA_COUNT);
    }

    @Test
    void aSearchThatNobodyPlannedIsMadeWhenItIsAskedFor() {
        auditor("first", new SearchPlan(Map.of()));
        Eventually.holds("it has searched", () -> course(Search.LOST_BOOKIES).complete());
        Eventually.holds("every replica is looked for", () -> {
            if (course(Search.REPLICA_COUNT).begun().isEmpty()) {
                ask(Search.REPLICA_COUNT);
            }
            return course(Search.REPLICA_COUNT).complete() && isRecent(Search.REPLICA_COUNT);
        });
        assertThat(course(Search.PLACEMENT)).isEqualTo(Course.NOTHING);
    }

    @Test
    void whoFollowsTellsOfItsOwnTerm() {
        AutoRecovery first = auditor("first", new SearchPlan(Map.of()));
        Eventually.holds("the first tells", () -> report().isPresent());
        long term = report().orElseThrow().term();
        auditor("second", new SearchPlan(Map.of()));
        first.close();
        Eventually.holds(
                "the second tells", () -> report().orElseThrow().auditor().equals("second"));
        assertThat(report().orElseThrow().term()).isGreaterThan(term);
    }
}
