package dev.daybook.server.identity;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Cookies of a cluster that lives in this process. */
final class RegistryInMemory implements BookieRegistry {
    final Map<BookieId, Versioned<byte[]>> cookies = new ConcurrentHashMap<>();

    Versioned<byte[]> cookie(BookieId bookie) {
        return Objects.requireNonNull(cookies.get(bookie));
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> readCookie(BookieId bookie) {
        return CompletableFuture.completedFuture(Optional.ofNullable(cookies.get(bookie)));
    }

    @Override
    public CompletionStage<Boolean> createCookie(BookieId bookie, byte[] cookie) {
        return CompletableFuture.completedFuture(cookies.putIfAbsent(bookie, new Versioned<>(cookie, 0)) == null);
    }

    @Override
    public CompletionStage<Boolean> updateCookie(BookieId bookie, byte[] cookie, long expectedVersion) {
        Versioned<byte[]> old = cookies.get(bookie);
        boolean matches = old != null && old.version() == expectedVersion;
        if (matches) {
            cookies.put(bookie, new Versioned<>(cookie, expectedVersion + 1));
        }
        return CompletableFuture.completedFuture(matches);
    }

    @Override
    public CompletionStage<Boolean> deleteCookie(BookieId bookie, long expectedVersion) {
        return CompletableFuture.completedFuture(cookies.remove(bookie) != null);
    }

    @Override
    public CompletionStage<Void> register(BookieId bookie, boolean readOnly, BookieServiceInfo service) {
        throw new UnsupportedOperationException("this registry knows cookies only");
    }

    @Override
    public void onRegistrationLost(Runnable listener) {}

    @Override
    public CompletionStage<Void> unregister(BookieId bookie) {
        throw new UnsupportedOperationException("this registry knows cookies only");
    }

    @Override
    public CompletionStage<Boolean> initialiseCluster() {
        return CompletableFuture.completedFuture(false);
    }
}
