package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records in etcd. A commit is one transaction; a record's version is the revision of its last change. */
final class EtcdRecords implements RecordStore {
    /** Keys of one answer of a listing. */
    private static final int ANSWER_KEYS_MAX = 10_000;

    private final Keyspace keyspace;
    private final EtcdKeys keys;

    EtcdRecords(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
        return keyspace.session()
                .withPublicFailures(
                        keyspace.get(keys.record(key)).thenApply(found -> found.map(EtcdRecords::toRecord)));
    }

    static Versioned<byte[]> toRecord(KeyValue entry) {
        return new Versioned<>(entry.getValue().toByteArray(), entry.getModRevision());
    }

    @Override
    public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
        RecordStore.checkChanges(changes);
        List<RecordChange> wanted = List.copyOf(changes);
        TxnRequest.Builder transaction = TxnRequest.newBuilder();
        wanted.forEach(change -> add(transaction, change));
        CompletableFuture<CommitOutcome> outcome = keyspace.transact(transaction.build())
                .handle((reply, failure) -> reply == null ? unknownOrFail(failure) : outcomeOf(wanted, reply));
        return keyspace.session().withPublicFailures(outcome);
    }

    private void add(TxnRequest.Builder transaction, RecordChange change) {
        String key = keys.record(change.key());
        if (change instanceof RecordChange.Create create) {
            transaction
                    .addCompare(Keyspace.absent(key))
                    .addSuccess(Keyspace.put(key, create.value(), Keyspace.NO_LEASE));
        } else if (change instanceof RecordChange.Swap swap) {
            transaction
                    .addCompare(Keyspace.unchanged(key, swap.expectedVersion()))
                    .addSuccess(Keyspace.put(key, swap.value(), Keyspace.NO_LEASE));
        } else if (change instanceof RecordChange.Delete delete) {
            transaction
                    .addCompare(Keyspace.unchanged(key, delete.expectedVersion()))
                    .addSuccess(Keyspace.delete(key));
        }
    }

    private static CommitOutcome outcomeOf(List<RecordChange> changes, EtcdReply<TxnResponse> reply) {
        if (!reply.value().getSucceeded()) {
            return reply.repeated() ? new CommitOutcome.Unknown() : new CommitOutcome.Conflict();
        }
        Map<RecordKey, Long> versions = new HashMap<>();
        for (RecordChange change : changes) {
            if (!(change instanceof RecordChange.Delete)) {
                versions.put(change.key(), reply.value().getHeader().getRevision());
            }
        }
        return new CommitOutcome.Committed(versions);
    }

    /** Nothing but the deadline ends without an answer, and then an attempt may still be under way. */
    private static CommitOutcome unknownOrFail(@Nullable Throwable failure) {
        if (failure instanceof LedgerException ledgerFailure && ledgerFailure.reason() == Reason.METADATA_UNAVAILABLE) {
            return new CommitOutcome.Unknown();
        }
        throw new CompletionException(failure);
    }

    @Override
    public CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit) {
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        String directory = keys.records(namespace);
        String from = directory + prefix;
        if (after.isPresent() && RecordKey.compareNames(after.get(), prefix) >= 0) {
            from = directory + after.get() + '\0';
        }
        return keyspace.session()
                .withPublicFailures(next(new Listing(directory, directory + prefix, limit), from, new ArrayList<>()));
    }

    private record Listing(String directory, String prefix, int limit) {}

    private CompletableFuture<List<String>> next(Listing listing, String from, List<String> found) {
        RangeRequest request = RangeRequest.newBuilder()
                .setKey(Keyspace.bytes(from))
                .setRangeEnd(Keyspace.endOf(listing.prefix()))
                .setLimit(Math.min(listing.limit() - found.size(), ANSWER_KEYS_MAX))
                .setKeysOnly(true)
                .build();
        return keyspace.range(request).thenCompose(response -> {
            response.getKvsList()
                    .forEach(entry -> found.add(
                            Keyspace.text(entry).substring(listing.directory().length())));
            return response.getMore() && found.size() < listing.limit()
                    ? next(listing, Keyspace.text(response.getKvs(response.getKvsCount() - 1)) + '\0', found)
                    : CompletableFuture.completedFuture(List.copyOf(found));
        });
    }

    @Override
    public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
        return KeyWatch.start(keyspace, keys.record(key), EtcdRecords::toRecord, listener);
    }
}
