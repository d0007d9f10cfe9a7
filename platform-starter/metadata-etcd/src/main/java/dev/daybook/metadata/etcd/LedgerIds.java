package dev.daybook.metadata.etcd;

import dev.daybook.protocol.model.LedgerId;
import io.etcd.jetcd.api.TxnRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Draws ledger ids: each write of the bucket's key counts its version up, and that is the id. A lost answer loses an id.
 * The reference draws from 128 such buckets and puts the bucket's number into the upper bits; all of ours come from
 * bucket 0, so they are short, and never one of the reference's.
 */
final class LedgerIds {
    private final Keyspace keyspace;

    LedgerIds(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    CompletableFuture<LedgerId> next() {
        String bucket = keyspace.keys().bucket();
        return keyspace.transact(TxnRequest.newBuilder()
                        .addSuccess(Keyspace.put(bucket, new byte[0], Keyspace.NO_LEASE))
                        .addSuccess(Keyspace.read(bucket))
                        .build())
                .thenApply(reply -> new LedgerId(reply.value()
                        .getResponses(1)
                        .getResponseRange()
                        .getKvs(0)
                        .getVersion()));
    }
}
