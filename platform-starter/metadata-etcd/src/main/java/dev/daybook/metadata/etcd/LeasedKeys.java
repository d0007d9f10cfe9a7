package dev.daybook.metadata.etcd;

import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Keys that last only as long as this process's lease: registrations, locks and reports. */
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
        return withLease(id -> keyspace.create(key, value, id).thenApply(reply -> isOurs(reply.value(), id)));
    }

    /** Writes the key, whoever has it. */
    CompletableFuture<Void> put(String key, byte[] value) {
        return withLease(id -> keyspace.transact(TxnRequest.newBuilder()
                        .addSuccess(Keyspace.put(key, value, id))
                        .build())
                .thenAccept(reply -> {}));
    }

    private <T> CompletableFuture<T> withLease(LongFunction<CompletableFuture<T>> write) {
        return lease.get()
                .thenCompose(id -> write.apply(id).exceptionallyCompose(failure -> retry(write, id, failure)));
    }

    /** A lease that ended meanwhile is replaced; any other failure stays one. */
    private <T> CompletableFuture<T> retry(LongFunction<CompletableFuture<T>> write, long id, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof EtcdRefusal refusal && refusal.lacksLease()) {
            lease.reportLost(id);
            return withLease(write);
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
