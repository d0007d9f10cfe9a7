package dev.daybook.boot.command;

import dev.daybook.boot.bench.BenchTarget;
import dev.daybook.boot.bench.Load;
import dev.daybook.boot.bench.Report;
import dev.daybook.boot.bench.ServerProcesses;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that all benchmarks share. */
final class BenchOptions {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--size",
            defaultValue = "1024",
            paramLabel = "BYTES",
            description = "Payload of an entry. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Mixin
    private QuorumOptions quorum = new QuorumOptions();

    @Option(
            names = "--password",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Password of the ledgers. Default: none.")
    private String password = "";

    @Option(names = "--v2", description = "Speak version 2 of the protocol instead of version 3.")
    private boolean v2;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "N",
            description = "Measured time. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            paramLabel = "N",
            description = "Seconds before the measured time. Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "Seed of payloads and of random choices. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write settings and result as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "Process of a bookie on this machine, may be repeated: report processor time, memory and disk"
                    + " traffic of these processes in the measured time.")
    private List<Long> pids = new ArrayList<>();

    @Option(
            names = "--known-pid",
            paramLabel = "PID",
            description = "Process that takes part but is not reported, like the metadata service; may be repeated.")
    private List<Long> knownPids = new ArrayList<>();

    BenchTarget target() {
        try {
            return new BenchTarget(
                    connection.config().withGeneration(v2 ? Generation.V2 : Generation.V3),
                    quorum.quorum(),
                    quorum.digest(),
                    LedgerPassword.of(password),
                    new ServerProcesses(pids, knownPids));
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    /** @param entries to end after, 0 to end by time */
    Load load(int outstanding, double rate, long entries) {
        return new Load(outstanding, rate, entries, Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
    }

    int size() {
        return size;
    }

    long seed() {
        return seed;
    }

    /** Prints what the numbers belong to, and says where they go. */
    Report report(String what, Load load, String details) {
        String protocol = v2 ? "v2" : "v3";
        System.out.println("daybook bench " + what + ": " + connection.config().metadataUri() + ", " + quorum.text()
                + ", digest " + quorum.digest() + ", protocol " + protocol + ", " + details + ", " + load.text());
        Map<String, Object> settings = Map.of(
                "what", what,
                "quorum", quorum.text(),
                "digest", quorum.digest().name(),
                "protocol", protocol,
                "entryBytes", size,
                "details", details,
                "load", load.text(),
                "seed", seed);
        return new Report(System.out, settings, Optional.ofNullable(json));
    }
}
