package dev.daybook.client.name;

import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Paths over ledger ids, as directories are over inodes: a path leads to one ledger, a ledger may have several paths. Each
 * operation happens at one moment or not at all. A path is any name that a {@code RecordKey} takes, by custom
 * {@code /like/this}; slashes have no meaning of their own. Thread-safe. Stages end exceptionally with a
 * {@code LedgerException}: {@code NO_SUCH_NAME}, {@code NAME_EXISTS}, or what the metadata service failed with.
 */
public interface LedgerNames {
    /** The ledger behind a path; empty if there is no such path. */
    CompletionStage<Optional<NamedLedger>> find(String path);

    /** Makes a path lead to a ledger; fails with {@code NAME_EXISTS} if it leads somewhere already. */
    CompletionStage<NamedLedger> create(String path, LedgerId ledger);

    /** One more path to the ledger behind {@code existing}. */
    CompletionStage<NamedLedger> link(String existing, String added);

    /** Moves a path; fails with {@code NAME_EXISTS} if {@code to} leads somewhere. */
    CompletionStage<NamedLedger> rename(String from, String to);

    /**
     * Moves a path over another one, which must still lead to the expected ledger; fails with {@code METADATA_CONFLICT}
     * otherwise. The expected ledger loses that name and is not deleted.
     */
    CompletionStage<NamedLedger> renameOver(String from, String to, LedgerId expected);

    /**
     * Makes an existing path lead to another ledger if it still leads to the expected one; fails with
     * {@code METADATA_CONFLICT} otherwise.
     */
    CompletionStage<NamedLedger> swap(String path, LedgerId expected, LedgerId ledger);

    /** Removes a path and leaves the ledger alone. */
    CompletionStage<Removed> remove(String path);

    /**
     * Removes a path, and deletes the ledger if that was the last one. When a crash comes in between, {@link #sweep}
     * deletes the ledger later.
     */
    CompletionStage<Removed> removeWithLedger(String path);

    /** Paths that begin with the prefix and come after {@code after}, in order, at most {@code limit}; none is the end. */
    CompletionStage<List<NamedLedger>> list(String prefix, Optional<String> after, int limit);

    /** Finishes deletions that a crash left undone; tells which ledgers were deleted. */
    CompletionStage<List<LedgerId>> sweep();

    /** @param pathsLeft other paths that lead to the ledger */
    record Removed(LedgerId ledger, long pathsLeft) {}
}
