package dev.daybook.client.name;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** How many names each ledger has, in records that change together with the names. Stateless, thread-safe. */
final class NameCounts {
    static final String NAMESPACE = "named-ledgers";

    private final RecordStore records;

    NameCounts(RecordStore records) {
        this.records = records;
    }

    static RecordKey key(LedgerId ledger) {
        return new RecordKey(NAMESPACE, ledger.toString());
    }

    CompletableFuture<Optional<Versioned<Long>>> read(LedgerId ledger) {
        return LedgerStages.of(() -> records.read(key(ledger)))
                .thenApply(found -> found.map(
                        stored -> new Versioned<>(NameFormat.parseCount(ledger, stored.value()), stored.version())));
    }

    /** Adds to the changes that the ledger has one more name; fails if it is being deleted. */
    CompletableFuture<Void> addOne(LedgerId ledger, List<RecordChange> changes) {
        return read(ledger).thenApply(present -> {
            if (present.isPresent() && present.get().value() == 0) {
                throw new LedgerException(
                        Reason.NO_SUCH_LEDGER, "Ledger " + ledger + " is being deleted with its last name.");
            }
            byte[] bytes =
                    NameFormat.serializeCount(present.map(Versioned::value).orElse(0L) + 1);
            changes.add(
                    present.isPresent()
                            ? new RecordChange.Swap(
                                    key(ledger), bytes, present.get().version())
                            : new RecordChange.Create(key(ledger), bytes));
            return null;
        });
    }

    /**
     * Adds to the changes that the ledger has one name less.
     *
     * @param keepZero whether a count of 0 stays, which dooms the ledger
     * @return how many are left; empty if none is counted, which cannot be true of a ledger whose name still exists
     */
    CompletableFuture<OptionalLong> takeOne(LedgerId ledger, List<RecordChange> changes, boolean keepZero) {
        return read(ledger).thenApply(present -> {
            long before = present.map(Versioned::value).orElse(0L);
            if (before == 0) {
                return OptionalLong.empty();
            }
            long version = present.orElseThrow().version();
            changes.add(
                    before == 1 && !keepZero
                            ? new RecordChange.Delete(key(ledger), version)
                            : new RecordChange.Swap(key(ledger), NameFormat.serializeCount(before - 1), version));
            return OptionalLong.of(before - 1);
        });
    }
}
