package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Empties a cluster, all at one moment with the checks. Layout, switch and limits stay. */
final class ClusterFormat {
    private final Keyspace keyspace;
    private final EtcdKeys keys;

    ClusterFormat(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
    }

    CompletableFuture<String> format(String instanceId) {
        String fresh = UUID.randomUUID().toString();
        TxnRequest.Builder change = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(Keyspace.bytes(keys.instanceId()))
                        .setTarget(Compare.CompareTarget.VALUE)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setValue(Keyspace.bytes(instanceId)))
                .addCompare(noneBelow(keys.registrations(false)))
                .addCompare(noneBelow(keys.registrations(true)))
                .addFailure(Keyspace.read(keys.instanceId()))
                .addSuccess(Keyspace.put(keys.instanceId(), fresh.getBytes(StandardCharsets.UTF_8), Keyspace.NO_LEASE));
        for (String prefix :
                List.of(keys.cookies(), keys.marks(), keys.locks(), keys.records(), keys.ledgers(), keys.buckets())) {
            change.addSuccess(deletionBelow(prefix));
        }
        return keyspace.transact(change.build()).thenApply(reply -> {
            if (reply.value().getSucceeded()
                    || Keyspace.found(reply.value())
                            .filter(entry -> entry.getValue().toStringUtf8().equals(fresh))
                            .isPresent()) {
                return fresh;
            }
            throw new LedgerException(
                    Reason.METADATA_CONFLICT,
                    "The cluster is not formatted, because its instance id is not \"" + instanceId
                            + "\" or bookies are registered; stop them first.");
        });
    }

    /** There is no key that begins with the prefix. */
    private static Compare noneBelow(String prefix) {
        return Keyspace.absent(prefix).toBuilder()
                .setRangeEnd(Keyspace.endOf(prefix))
                .build();
    }

    private static RequestOp deletionBelow(String prefix) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(Keyspace.bytes(prefix))
                        .setRangeEnd(Keyspace.endOf(prefix)))
                .build();
    }
}
