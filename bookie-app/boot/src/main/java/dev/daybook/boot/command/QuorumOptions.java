package dev.daybook.boot.command;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Quorum;
import picocli.CommandLine.Option;

/** How new ledgers are replicated and guarded. */
final class QuorumOptions {
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

    /** @throws IllegalArgumentException if these numbers do not go together */
    Quorum quorum() {
        return new Quorum(ensemble, writeQuorum, ackQuorum);
    }

    int ensemble() {
        return ensemble;
    }

    DigestType digest() {
        return digest;
    }

    String text() {
        return "ensemble " + ensemble + ", write quorum " + writeQuorum + ", ack quorum " + ackQuorum;
    }
}
