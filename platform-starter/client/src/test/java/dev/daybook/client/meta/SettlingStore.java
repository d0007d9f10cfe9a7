package dev.daybook.client.meta;

import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a caller does about a swap whose outcome is unknown: it reads again and compares. Everything else passes. */
public final class SettlingStore {
    private final MetadataStore store;

    private SettlingStore(MetadataStore store) {
        this.store = store;
    }

    public static MetadataStore over(MetadataStore store) {
        SettlingStore settling = new SettlingStore(store);
        return (MetadataStore) Proxy.newProxyInstance(
                SettlingStore.class.getClassLoader(),
                new Class<?>[] {MetadataStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("swap")) {
                        return settling.swap(
                                (LedgerId) arguments[0], (LedgerMetadata) arguments[1], (Long) arguments[2]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return store.swap(ledger, metadata, expectedVersion)
                .thenCompose(outcome -> outcome instanceof SwapOutcome.Unknown
                        ? store.read(ledger).thenCompose(found -> settle(ledger, metadata, expectedVersion, found))
                        : CompletableFuture.completedFuture(outcome));
    }

    private CompletionStage<SwapOutcome> settle(
            LedgerId ledger, LedgerMetadata metadata, long expectedVersion, Optional<Versioned<LedgerMetadata>> found) {
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(new SwapOutcome.NoSuchLedger());
        }
        Versioned<LedgerMetadata> stored = found.get();
        if (stored.version() == expectedVersion) {
            return swap(ledger, metadata, expectedVersion);
        }
        boolean ours = stored.version() > expectedVersion && stored.value().equals(metadata);
        return CompletableFuture.completedFuture(
                ours ? new SwapOutcome.Swapped(stored.version()) : new SwapOutcome.Conflict());
    }
}
