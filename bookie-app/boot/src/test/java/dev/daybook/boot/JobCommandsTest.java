package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The commands that order jobs, look at them and cancel them, with an auditor in this process that carries them out. */
class JobCommandsTest {
    @RegisterExtension
    static final Cluster CLUSTER = Cluster.ofBookies(4);

    private static Ran daybook(String line) {
        return CLUSTER.daybook("a\nb\nc\n", line);
    }

    private static String written(int ensemble, int write) {
        return daybook("ledger write --json --ensemble " + ensemble + " --write-quorum " + write + " --ack-quorum "
                        + write)
                .json()
                .get(0)
                .get("ledger")
                .asString();
    }

    private static JsonNode only(Ran ran) {
        return ran.json().get(0);
    }

    /** Elected already. */
    private static AutoRecovery auditor() {
        AutoRecovery recovery = AutoRecovery.start(
                AutoRecoveryConfig.of("auditor"),
                ClientConfig.of(MetadataUri.parse(CLUSTER.uri())),
                Cluster.session(CLUSTER.uri()),
                RecoveryMetrics.NONE);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (MetadataStore store = Cluster.session(CLUSTER.uri())) {
            while (store.repairs().auditor().toCompletableFuture().join().isEmpty()) {
                assertThat(System.nanoTime() - deadline).as("elected in time").isNegative();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return recovery;
    }

    @Test
    void aBookieIsDrainedBlockedReadmittedAndTheClusterEvenedOut() {
        String three = written(3, 3);
        String one = written(1, 1);
        JsonNode plan = only(daybook("bookie drain bookie-1 --dry-run --json"));
        assertThat(plan.get("type").asString()).isEqualTo("plan");
        assertThat(plan.get("refusal").asString()).isEmpty();
        assertThat(daybook("bookie drain bookie-1").refusal(6)).contains("No auditor is elected");
        assertThat(daybook("bookie drain bookie-9").refusal(6)).contains("No bookie bookie-9 ever joined");
        assertThat(daybook("job list --json").out()).isEmpty();

        AutoRecovery auditor = auditor();
        try {
            JsonNode done = only(daybook("bookie drain bookie-1 --json"));
            assertThat(done.get("state").asString()).isEqualTo("done");
            assertThat(done.get("moved").asLong()).isEqualTo(plan.get("ledgers").asLong());
            assertThat(daybook("ledger list --json --bookie bookie-1").json()).isEmpty();
            assertThat(only(daybook("bookie info --json bookie-1")).get("state").asString())
                    .isEqualTo("READ_ONLY");
            assertThat(daybook("ledger read " + three).out()).contains("a", "b", "c");
            assertThat(daybook("ledger read " + one).out()).contains("a", "b", "c");
            assertThat(only(daybook("bookie readmit --json bookie-1"))
                            .get("changed")
                            .asBoolean())
                    .isTrue();

            awaitWritable();
            String four = written(4, 4);
            assertThat(daybook("bookie decommission bookie-2").refusal(2)).contains("too few for 1 ledger");
            Ran forced = daybook("bookie decommission bookie-2 --force --json");
            assertThat(forced.code()).isEqualTo(8);
            assertThat(forced.out()).contains("\"state\":\"blocked\"", "\"ledger\":" + four);
            assertThat(daybook("job show 2").out()).contains("could not be moved", four);
            assertThat(daybook("job list").out()).contains("drain", "decommission", "blocked");
            assertThat(daybook("job show 99").refusal(6)).contains("There is no job 99");
            only(daybook("bookie readmit --json bookie-2"));
            assertThat(only(daybook("cluster rebalance --dry-run --json"))
                            .get("kind")
                            .asString())
                    .isEqualTo("rebalance");
        } finally {
            auditor.close();
        }
    }

    private static void awaitWritable() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (only(daybook("cluster status --json")).get("writableBookies").asLong() < 4) {
            assertThat(System.nanoTime() - deadline).as("writable in time").isNegative();
        }
    }
}
