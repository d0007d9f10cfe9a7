package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.net.Eventually;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Workers tell the cluster what they do, and together keep to what the cluster is told. */
class RepairLimitsTest extends AutoRecoveryBed {
    private static final int LEDGERS = 12;
    private static final long LEDGER_BYTES = 70 * ENTRIES;
    private static final long BYTES_PER_SECOND = 2_000;

    private List<WorkerReport> workers() {
        return await(cluster.repairs().workers());
    }

    private void limit(long bytesPerSecond, int ledgersAtOnce) {
        await(cluster.repairs().setLimits(new RepairLimits(bytesPerSecond, ledgersAtOnce)));
    }

    private static long copied(AutoRecovery... workers) {
        long bytes = 0;
        for (AutoRecovery worker : workers) {
            bytes += activity(worker).totals().bytes();
        }
        return bytes;
    }

    @Test
    void aReportSaysWhatAWorkerDoesAndWhyItDoesNotGoOn() {
        LedgerId ledger = closed(new Quorum(4, 4, 2));
        AutoRecovery worker = recovery("worker", PATIENT);
        kill(member(metadata(ledger), 1));
        Eventually.holds(
                "others read why",
                () -> workers().stream()
                        .anyMatch(report -> report.worker().equals("worker")
                                && report.stalls().getOrDefault("NO_TARGET", 0) == 1
                                && report.notes().stream()
                                        .anyMatch(note -> note.ledger().equals(ledger)
                                                && note.locked()
                                                && note.state().equals("BACK_OFF")
                                                && !note.why().isEmpty())));
        assertThat(workers().get(0).lastTrouble()).startsWith("Ledger " + ledger + ": ");
        startBookie("b5");
        Eventually.holds(
                "and what was done",
                () -> workers().stream()
                        .anyMatch(report ->
                                report.done().repaired() == 1 && report.done().copies() == ENTRIES));
        close(worker);
        assertThat(workers()).isEmpty();
    }

    @Test
    void twoWorkersTogetherKeepToTheLimitAndFollowItsChanges() {
        for (int i = 0; i < LEDGERS; i++) {
            closed(THREE);
        }
        BookieId lost = bookies.keySet().iterator().next();
        AutoRecovery first = recovery("first", HASTY);
        AutoRecovery second = recovery("second", HASTY);
        Eventually.holds("both are known", () -> workers().size() == 2);
        Eventually.holds("both know of each other", () -> {
            limit(BYTES_PER_SECOND, 2);
            return activity(first).bytesPerSecond() == BYTES_PER_SECOND / 2
                    && activity(second).bytesPerSecond() == BYTES_PER_SECOND / 2
                    && activity(first).ledgersAtOnce() == 1
                    && activity(second).ledgersAtOnce() == 1;
        });
        long begun = System.nanoTime();
        kill(lost);
        Eventually.holds("repaired", () -> copied(first, second) > 0 && marks().isEmpty());
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        assertThat(copied(first, second))
                .as("in %.2f s; what is read at once is paid for afterwards", seconds)
                .isGreaterThan(4 * LEDGER_BYTES)
                .isLessThanOrEqualTo((long) (BYTES_PER_SECOND * seconds) + 2 * LEDGER_BYTES);
        limit(0, 0);
        Eventually.holds(
                "a limit is taken back",
                () -> activity(first).ledgersAtOnce() == 4 && activity(first).bytesPerSecond() == 0);
    }

    @Test
    void aLimitBelowTheNumberOfWorkersLeavesSomeWithoutWork() {
        LedgerId ledger = closed(THREE);
        AutoRecovery first = recovery("first", HASTY);
        AutoRecovery second = recovery("second", HASTY);
        limit(0, 1);
        Eventually.holds(
                "one of them works",
                () -> activity(first).ledgersAtOnce() + activity(second).ledgersAtOnce() == 1
                        && workers().stream()
                                        .mapToInt(report -> report.pace().ledgersAtOnce())
                                        .sum()
                                == 1);
        kill(member(metadata(ledger), 0));
        Eventually.holds(
                "that is enough",
                () -> marks().isEmpty() && !await(cluster.repairs().auditor()).isEmpty());
    }
}
