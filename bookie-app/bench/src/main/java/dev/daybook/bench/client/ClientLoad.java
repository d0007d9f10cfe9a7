package dev.daybook.bench.client;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.interop.peer.AppendLoad;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.io.IOException;

/**
 * Our client under {@link AppendLoad}, three copies of which two are waited for, CRC32C. Arguments: metadata URI,
 * {@code v2} or {@code v3}, then those of the load.
 */
public final class ClientLoad {
    private ClientLoad() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        Generation generation = args[1].equals("v2") ? Generation.V2 : Generation.V3;
        ClientConfig config = ClientConfig.of(MetadataUri.parse(args[0])).withGeneration(generation);
        try (LedgerClient client = LedgerClients.connect(config)) {
            AppendLedger ledger = client.create(LedgerSpec.of(new Quorum(3, 3, 2)))
                    .toCompletableFuture()
                    .join();
            AppendLoad.parse(args, 2).run((payload, completion) -> append(ledger, payload, completion));
            ledger.close();
            client.delete(ledger.id()).toCompletableFuture().join();
        }
    }

    private static void append(AppendLedger ledger, byte[] payload, AppendLoad.Completion completion) {
        ledger.append(payload).whenComplete((id, failure) -> {
            if (failure == null) {
                completion.completed();
            } else {
                completion.failed(String.valueOf(failure.getMessage()));
            }
        });
    }
}
