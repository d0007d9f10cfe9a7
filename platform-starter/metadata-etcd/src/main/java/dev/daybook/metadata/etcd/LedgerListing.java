package dev.daybook.metadata.etcd;

import dev.daybook.protocol.model.LedgerId;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lists ledger ids in ascending order, a page at a time. Keys sort like the ids in them. */
final class LedgerListing {
    /** Keys of one answer, so that it stays far below what a message may have. */
    private static final int ANSWER_KEYS_MAX = 10_000;

    private final Keyspace keyspace;

    LedgerListing(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    CompletableFuture<List<LedgerId>> page(Optional<LedgerId> after, int limit) {
        if (limit < 1 || (after.isPresent() && after.get().value() == Long.MAX_VALUE)) {
            return CompletableFuture.completedFuture(List.of());
        }
        return next(keyspace.keys().ledgersAfter(after), limit, new ArrayList<>());
    }

    private CompletableFuture<List<LedgerId>> next(String from, int limit, List<LedgerId> found) {
        RangeRequest request = RangeRequest.newBuilder()
                .setKey(Keyspace.bytes(from))
                .setRangeEnd(Keyspace.bytes(keyspace.keys().ledgersEnd()))
                .setLimit(Math.min(limit - found.size(), ANSWER_KEYS_MAX))
                .setKeysOnly(true)
                .build();
        return keyspace.range(request).thenCompose(response -> {
            response.getKvsList().stream()
                    .flatMap(entry -> EtcdKeys.ledgerAt(keyspace.keys().ledgers(), Keyspace.text(entry)).stream())
                    .forEach(found::add);
            return response.getMore() && found.size() < limit
                    ? next(behind(response), limit, found)
                    : CompletableFuture.completedFuture(List.copyOf(found));
        });
    }

    private static String behind(RangeResponse response) {
        return Keyspace.text(response.getKvs(response.getKvsCount() - 1)) + '\0';
    }
}
