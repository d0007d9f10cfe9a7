package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Marks each ledger that has members that are not registered, with all of them. Source: auto-recovery specification,
 * section 3.3.
 */
final class LostBookieSearch implements LedgerSearch {
    private final MetadataStore store;
    private final Predicate<BookieId> spared;
    private final MarkWriter marks;

    /** @param spared bookies that count as alive even if they are away, asked for each ledger; any thread */
    LostBookieSearch(MetadataStore store, Predicate<BookieId> spared, MarkWriter marks) {
        this.store = store;
        this.spared = spared;
        this.marks = marks;
    }

    @Override
    public CompletionStage<Void> look(LedgerId ledger) {
        return store.read(ledger)
                .thenCompose(found -> found.map(record -> mark(ledger, record.value()))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private CompletionStage<Void> mark(LedgerId ledger, LedgerMetadata metadata) {
        BookieSnapshot now = store.bookies();
        if (now.writable().isEmpty() && now.readOnly().isEmpty()) {
            throw new LedgerException(
                    Reason.METADATA_UNAVAILABLE, "no bookie is registered, so nothing can be said of any of them");
        }
        Set<BookieId> lost = new HashSet<>();
        metadata.fragments().forEach(fragment -> lost.addAll(fragment.ensemble()));
        now.writable().forEach(lost::remove);
        now.readOnly().forEach(lost::remove);
        lost.removeIf(spared);
        return marks.mark(ledger, lost);
    }
}
