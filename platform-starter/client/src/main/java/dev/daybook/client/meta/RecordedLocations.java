package dev.daybook.client.meta;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Keeps where bookies stand in one of the small records, for services in which no other place is known. */
public final class RecordedLocations {
    private static final RecordKey KEY = new RecordKey("cluster", "bookie-locations");
    private static final int ATTEMPTS_MAX = 10;

    private final RecordStore records;

    public RecordedLocations(RecordStore records) {
        this.records = records;
    }

    /** As {@link MetadataStore#watchLocations}. */
    public Subscription watch(Consumer<Map<BookieId, String>> listener) {
        LocationNews news = new LocationNews("the record " + KEY, listener);
        return records.watch(
                KEY, record -> record.map(Versioned::value).ifPresentOrElse(news::onStored, news::onNothing));
    }

    /** As {@link MetadataStore#storeLocations}. */
    public CompletionStage<Void> store(Map<BookieId, String> locations) {
        return store(LocationMapping.format(locations), ATTEMPTS_MAX);
    }

    /** Nothing of the old record is kept, so a commit of which nothing is known can be repeated. */
    private CompletionStage<Void> store(byte[] json, int attempts) {
        if (attempts == 0) {
            return CompletableFuture.failedStage(new LedgerException(
                    Reason.METADATA_CONFLICT,
                    "The locations of bookies were changed by others all the time; try again."));
        }
        return records.read(KEY)
                .thenCompose(found -> records.commit(List.of(change(found, json))))
                .thenCompose(outcome -> outcome instanceof CommitOutcome.Committed
                        ? CompletableFuture.<Void>completedStage(null)
                        : store(json, attempts - 1));
    }

    private static RecordChange change(Optional<Versioned<byte[]>> found, byte[] json) {
        return found.<RecordChange>map(old -> new RecordChange.Swap(KEY, json, old.version()))
                .orElseGet(() -> new RecordChange.Create(KEY, json));
    }
}
