package dev.daybook.boot.bench;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.WriterConfig;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;

/**
 * The cluster that is measured and the ledgers that are made there.
 *
 * @param client how it is reached
 * @param processes watched during the measured window
 */
public record BenchTarget(
        ClientConfig client, Quorum quorum, DigestType digest, LedgerPassword password, ServerProcesses processes) {
    /** Explicit LACs are off, as they are by default in the official client: what is counted is entries. */
    LedgerClient connect() {
        return LedgerClients.connect(client.withWrites(WriterConfig.DEFAULT.withExplicitLacDelay(Duration.ZERO)));
    }

    LedgerSpec ledgerSpec() {
        return LedgerSpec.of(quorum).withDigest(digest).withPassword(password);
    }

    static RoleRefused wrong(String sentence) {
        return new RoleRefused(RoleRefused.CONFIGURATION, sentence);
    }
}
