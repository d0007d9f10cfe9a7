package dev.daybook.client.meta.job;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * That a bookie shall take no new entries, because it is being emptied: a record that the bookie follows, also when it is
 * started again. Bookies of the reference do not know it. Thread-safe. Source: FORMAT.md of this module, section 5.
 */
public final class ReadOnlyWishes {
    private static final String NAMESPACE = "read-only";
    private static final byte[] VALUE = "daybook-read-only 1\n".getBytes(StandardCharsets.UTF_8);

    private final RecordStore records;

    public ReadOnlyWishes(RecordStore records) {
        this.records = records;
    }

    private static RecordKey key(BookieId bookie) {
        return new RecordKey(NAMESPACE, bookie.value());
    }

    /** @return whether anything had to be changed */
    public CompletionStage<Boolean> set(BookieId bookie, boolean wanted) {
        RecordKey key = key(bookie);
        return records.read(key).thenCompose(found -> {
            if (found.isPresent() == wanted) {
                return CompletableFuture.completedFuture(false);
            }
            RecordChange change = found.<RecordChange>map(stored -> new RecordChange.Delete(key, stored.version()))
                    .orElseGet(() -> new RecordChange.Create(key, VALUE));
            // After a lost race or answer the record itself says what is left to do.
            return records.commit(List.of(change))
                    .thenCompose(outcome -> outcome instanceof CommitOutcome.Committed
                            ? CompletableFuture.completedFuture(true)
                            : set(bookie, wanted).thenApply(changed -> true));
        });
    }

    /** Tells whether the bookie shall be read-only, now and after each change. */
    public Subscription watch(BookieId bookie, Consumer<Boolean> listener) {
        return records.watch(key(bookie), found -> listener.accept(found.isPresent()));
    }
}
