package dev.daybook.client.fake;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Cuts stores off from their cluster: while it is out, every question fails; watches stay silent on their own. */
final class StoreSwitch {
    private volatile boolean out;

    void outage(boolean now) {
        out = now;
    }

    MetadataStore over(MetadataStore store) {
        return (MetadataStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MetadataStore.class}, (proxy, method, arguments) -> {
                    if (out && method.getReturnType() == CompletionStage.class) {
                        return CompletableFuture.failedStage(
                                new LedgerException(Reason.METADATA_UNAVAILABLE, "The store is out of reach."));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
