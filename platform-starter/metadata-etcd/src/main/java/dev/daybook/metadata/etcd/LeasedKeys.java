package dev.daybook.metadata.etcd;

import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keys that last only as long as this process's lease: registrations and locks. */
final class LeasedKeys {
    private final Keyspace keyspace;
    private final SessionLease lease;

    LeasedKeys(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.lease = keyspace.session().lease();
    }

    /**
     * Writes the key unless it exists.
     *
     * @return whether it is ours now, by this call or by an earlier one
     */
    CompletableFuture<Boolean> take(String key, byte[] value) {
        return lease.get()
                .thenCompose(id -> keyspace.create(key, value, id)
                        .thenApply(reply -> isOurs(reply.value(), id))
                        .exceptionallyCompose(failure -> retry(key, value, id, failure)));
    }

    /** A lease that ended meanwhile is replaced; any other failure stays one. */
    private CompletableFuture<Boolean> retry(String key, byte[] value, long id, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof EtcdRefusal refusal && refusal.lacksLease()) {
            lease.reportLost(id);
            return take(key, value);
        }
        return CompletableFuture.failedFuture(keyspace.session().failureOf(failure));
    }

    private static boolean isOurs(TxnResponse response, long id) {
        return response.getSucceeded()
                || Keyspace.found(response)
                        .filter(entry -> entry.getLease() == id)
                        .isPresent();
    }

    /** Removes the key if it is ours. */
    CompletableFuture<Void> giveBack(String key) {
        return keyspace.get(key).thenCompose(found -> {
            Optional<KeyValue> ours = found.filter(entry -> lease.id() != 0 && entry.getLease() == lease.id());
            return ours.isPresent()
                    ? keyspace.remove(key, ours.get().getModRevision()).thenAccept(reply -> {})
                    : CompletableFuture.completedFuture(null);
        });
    }
}
