package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** The marks of ledgers that lack copies, and what else auditor and workers leave. */
final class RepairMarks {
    private final Keyspace keyspace;
    private final EtcdKeys keys;
    private final LongSupplier clockMillis;

    RepairMarks(Keyspace keyspace, LongSupplier clockMillis) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
        this.clockMillis = clockMillis;
    }

    /** Adds the bookie to the ledger's mark; a mark that names it already stays untouched. */
    CompletableFuture<Void> mark(LedgerId ledger, BookieId lost) {
        return keyspace.create(keys.mark(ledger), bytesOf(List.of(lost)), Keyspace.NO_LEASE)
                .thenCompose(reply -> settle(ledger, lost, reply.value()));
    }

    private CompletableFuture<Void> settle(LedgerId ledger, BookieId lost, TxnResponse response) {
        if (response.getSucceeded()) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<KeyValue> present = Keyspace.found(response);
        if (present.isEmpty()) {
            return mark(ledger, lost);
        }
        List<BookieId> missing = new ArrayList<>(parse(ledger, present.get()).missing());
        if (missing.contains(lost)) {
            return CompletableFuture.completedFuture(null);
        }
        missing.add(lost);
        return keyspace.replace(
                        keys.mark(ledger), bytesOf(missing), present.get().getModRevision())
                .thenCompose(reply -> settle(ledger, lost, reply.value()));
    }

    private byte[] bytesOf(List<BookieId> missing) {
        return UnderReplicationFormat.serializeMark(
                new UnderReplicationMark(missing, OptionalLong.of(clockMillis.getAsLong())));
    }

    private static UnderReplicationMark parse(LedgerId ledger, KeyValue entry) {
        try {
            return UnderReplicationFormat.parseMark(entry.getValue().toByteArray());
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The mark of ledger " + ledger + " is unreadable. " + e.getMessage(), e);
        }
    }

    CompletableFuture<List<UnderReplicatedLedger>> marked(int limit) {
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        RangeRequest marks = RangeRequest.newBuilder()
                .setKey(Keyspace.bytes(keys.marks()))
                .setRangeEnd(Keyspace.endOf(keys.marks()))
                .setLimit(limit)
                .build();
        return keyspace.range(marks)
                .thenCombine(keyspace.all(keys.locks()), (response, locks) -> toMarks(response, holders(locks)));
    }

    /** There are as many locks as there are workers. */
    private Map<LedgerId, String> holders(List<KeyValue> locks) {
        Map<LedgerId, String> holders = new HashMap<>();
        locks.forEach(entry -> EtcdKeys.ledgerAt(keys.locks(), Keyspace.text(entry))
                .ifPresent(ledger -> holders.put(
                        ledger,
                        UnderReplicationFormat.parseHolder(entry.getValue().toByteArray()))));
        return holders;
    }

    private List<UnderReplicatedLedger> toMarks(RangeResponse response, Map<LedgerId, String> holders) {
        return response.getKvsList().stream()
                .flatMap(entry -> EtcdKeys.ledgerAt(keys.marks(), Keyspace.text(entry))
                        .map(ledger -> {
                            UnderReplicationMark mark = parse(ledger, entry);
                            return new UnderReplicatedLedger(
                                    ledger,
                                    mark.missing(),
                                    mark.markedMillis(),
                                    Optional.ofNullable(holders.get(ledger)));
                        })
                        .stream())
                .toList();
    }

    /** The candidate that came first. */
    CompletableFuture<Optional<String>> auditor() {
        RangeRequest first = RangeRequest.newBuilder()
                .setKey(Keyspace.bytes(keys.votes()))
                .setRangeEnd(Keyspace.endOf(keys.votes()))
                .setSortTarget(RangeRequest.SortTarget.CREATE)
                .setSortOrder(RangeRequest.SortOrder.ASCEND)
                .setLimit(1)
                .build();
        return keyspace.range(first)
                .thenApply(response -> response.getKvsList().stream()
                        .findFirst()
                        .map(entry -> UnderReplicationFormat.parseHolder(
                                entry.getValue().toByteArray())));
    }

    CompletableFuture<Boolean> enabled() {
        return keyspace.get(keys.repairDisabled()).thenApply(Optional::isEmpty);
    }
}
