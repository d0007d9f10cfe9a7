package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Finds or makes the keys without which a cluster is none. */
final class ClusterSetup {
    /** Fixed by the reference: the second line names a class that implements the layout there. */
    private static final String LAYOUT = "2\norg.apache.bookkeeper.metadata.etcd.EtcdLedgerManagerFactory:0";

    private final Keyspace keyspace;
    private final EtcdKeys keys;

    ClusterSetup(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
    }

    /** Checks that the cluster exists and has the layout that this driver knows. */
    CompletableFuture<Void> open() {
        return keyspace.get(keys.root()).thenCompose(root -> {
            if (root.isEmpty()) {
                throw new LedgerException(
                        Reason.METADATA_UNAVAILABLE,
                        "The metadata service has no cluster at "
                                + keyspace.session().uri()
                                + "; run the cluster initialisation, or correct the path in daybook.metadata-uri.");
            }
            return keyspace.get(keys.layout()).thenAccept(layout -> {
                String text =
                        layout.map(entry -> entry.getValue().toStringUtf8()).orElse("");
                if (!text.equals(LAYOUT)) {
                    throw new LedgerException(
                            Reason.METADATA_CORRUPT,
                            "The cluster at " + keyspace.session().uri() + " has the layout \"" + text
                                    + "\", which this version does not know; use a newer version.");
                }
            });
        });
    }

    CompletableFuture<Boolean> exists() {
        return keyspace.get(keys.root()).thenApply(Optional::isPresent);
    }

    /** @return true if this call made the cluster, also when the answer that says so was lost */
    CompletableFuture<Boolean> initialise() {
        String instance = UUID.randomUUID().toString();
        TxnRequest.Builder creation = TxnRequest.newBuilder()
                .addCompare(Keyspace.absent(keys.root()))
                .addSuccess(Keyspace.put(keys.root(), new byte[0], Keyspace.NO_LEASE))
                .addSuccess(put(keys.layout(), LAYOUT))
                .addSuccess(put(keys.instanceId(), instance))
                .addFailure(Keyspace.read(keys.instanceId()));
        for (String directory : keys.directories()) {
            creation.addSuccess(Keyspace.put(directory, new byte[0], Keyspace.NO_LEASE));
        }
        return keyspace.transact(creation.build())
                .thenApply(reply -> reply.value().getSucceeded()
                        || Keyspace.found(reply.value())
                                .map(entry -> entry.getValue().toStringUtf8())
                                .equals(Optional.of(instance)));
    }

    private static RequestOp put(String key, String value) {
        return Keyspace.put(key, value.getBytes(StandardCharsets.UTF_8), Keyspace.NO_LEASE);
    }
}
