package dev.daybook.metadata.etcd;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The cookies of a cluster. When an answer was lost, the stored bytes tell whether the operation had taken effect.
 * Source: metadata specification, section 8.
 */
final class Cookies {
    private final Keyspace keyspace;

    Cookies(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    CompletableFuture<Optional<Versioned<byte[]>>> read(BookieId bookie) {
        return keyspace.get(key(bookie))
                .thenApply(found ->
                        found.map(entry -> new Versioned<>(entry.getValue().toByteArray(), entry.getModRevision())));
    }

    CompletableFuture<Boolean> create(BookieId bookie, byte[] cookie) {
        return keyspace.create(key(bookie), cookie, Keyspace.NO_LEASE).thenApply(reply -> written(reply, cookie));
    }

    CompletableFuture<Boolean> update(BookieId bookie, byte[] cookie, long expectedVersion) {
        return keyspace.replace(key(bookie), cookie, expectedVersion).thenApply(reply -> written(reply, cookie));
    }

    private static boolean written(EtcdReply<TxnResponse> reply, byte[] cookie) {
        return reply.value().getSucceeded()
                || (reply.repeated()
                        && Keyspace.found(reply.value())
                                .filter(entry -> Arrays.equals(entry.getValue().toByteArray(), cookie))
                                .isPresent());
    }

    CompletableFuture<Boolean> delete(BookieId bookie, long expectedVersion) {
        return keyspace.remove(key(bookie), expectedVersion)
                .thenApply(reply -> reply.value().getSucceeded()
                        || (reply.repeated() && Keyspace.found(reply.value()).isEmpty()));
    }

    private String key(BookieId bookie) {
        return keyspace.keys().cookie(bookie);
    }
}
