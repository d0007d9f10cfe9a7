package dev.daybook.boot.command;

import dev.daybook.boot.bench.BenchTarget;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options that all benchmarks share. */
final class BenchOptions {
    @Option(
            names = {"--uri", "--metadata-uri"},
            required = true,
            paramLabel = "URI",
            description = "Metadata service, like zk+longhierarchical://zk1:2181/ledgers.")
    private String uri = "";

    @Option(
            names = "--size",
            defaultValue = "1024",
            paramLabel = "BYTES",
            description = "Payload of an entry. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--ensemble",
            defaultValue = "3",
            paramLabel = "N",
            description = "Bookies per ledger. Default: ${DEFAULT-VALUE}.")
    private int ensemble;

    @Option(
            names = "--write-quorum",
            defaultValue = "3",
            paramLabel = "N",
            description = "Copies of an entry. Default: ${DEFAULT-VALUE}.")
    private int writeQuorum;

    @Option(
            names = "--ack-quorum",
            defaultValue = "2",
            paramLabel = "N",
            description = "Copies on disk before an entry is acknowledged. Default: ${DEFAULT-VALUE}.")
    private int ackQuorum;

    @Option(
            names = "--digest",
            defaultValue = "CRC32C",
            paramLabel = "TYPE",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private DigestType digest = DigestType.CRC32C;

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

    BenchTarget target() {
        try {
            return new BenchTarget(
                    MetadataUri.parse(uri),
                    v2 ? Generation.V2 : Generation.V3,
                    new Quorum(ensemble, writeQuorum, ackQuorum),
                    digest,
                    LedgerPassword.of(password));
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    int size() {
        return size;
    }

    Duration measured() {
        if (seconds < 1) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "--seconds must be positive, was " + seconds + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    Duration warmup() {
        return Duration.ofSeconds(Math.max(0, warmup));
    }

    /** What the numbers below belong to. */
    String headline(String what) {
        return "daybook bench " + what + ": " + uri + ", ensemble " + ensemble + ", write quorum " + writeQuorum
                + ", ack quorum " + ackQuorum + ", digest " + digest + ", protocol " + (v2 ? "v2" : "v3") + ", warm-up "
                + warmup + " s, measured " + seconds + " s";
    }
}
