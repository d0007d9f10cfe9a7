package dev.daybook.server.refill;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore.HeldLock;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The cluster as a bookie sees it that wants its entries back: a session and a client of its own. Thread-safe. */
final class Peers implements AutoCloseable {
    private final BookieId self;
    private final MetadataStore store;
    private final LoopLedgerClient client;
    private final LedgerRepairs repairs;

    /** @param store belongs to this from now on */
    Peers(BookieId self, ClientConfig config, MetadataStore store, long bytesPerSecond) {
        this.self = self;
        this.store = store;
        try {
            this.client = new LoopLedgerClient(config, store, ClientMetrics.NONE);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        this.repairs = client.repairs();
        repairs.limitBytesPerSecond(bytesPerSecond);
    }

    /**
     * Holders by ledger. Blocks.
     *
     * @throws CompletionException if the metadata service fails
     */
    Map<Long, String> lockHolders() {
        Map<Long, String> holders = new TreeMap<>();
        for (HeldLock lock : store.repairs().locks().toCompletableFuture().join()) {
            holders.put(lock.ledger().value(), lock.holder());
        }
        return holders;
    }

    RepairRun refill(long ledgerId) {
        return repairs.repair(new LedgerId(ledgerId), RepairRequest.ofRefill(self));
    }

    CompletionStage<LedgerMetadata> recover(long ledgerId) {
        return repairs.recover(new LedgerId(ledgerId));
    }

    @Override
    public void close() {
        client.close();
    }
}
