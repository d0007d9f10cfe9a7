package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** How a metadata service keeps what repair needs. Thread-safe; futures fail as those of a metadata store do. */
public interface RepairPlaces {
    /** A version never comes back at the same place. */
    CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place);

    /** Removing what is not there, whatever was expected, is a {@code CONFLICT}. */
    CompletableFuture<RepairChange.Outcome> change(RepairChange change);

    /** Delivers what lies there now and after changes, until it is closed. */
    Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener);

    /** Marks of ledgers above {@code after} with their bytes, the lowest {@code limit} of them, at least one. */
    CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit);

    /** Tells that marks or locks may have changed, also at the beginning. */
    Subscription watchMarks(Runnable listener);

    /**
     * Takes the lock of a ledger until it is given back or the session ends.
     *
     * @return whether it is this session's now, by this call or by an earlier one
     */
    CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder);

    /** Leaves the lock alone if it is another session's. */
    CompletableFuture<Void> giveBackLock(LedgerId ledger);

    /** All locks that anybody holds, with their bytes. */
    CompletableFuture<SortedMap<LedgerId, byte[]>> locks();

    /** Puts up a notice until the session ends, in place of the one of this name. */
    CompletableFuture<Void> post(String name, byte[] notice);

    /** All notices of all sessions, by name. */
    CompletableFuture<SortedMap<String, byte[]>> notices();
}
