package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** One ledger's record: create, read, swap, delete. Source: metadata specification, sections 10 and 11.7. */
final class LedgerRecords {
    private final MetadataTree tree;
    private final LedgerLayout layout;

    LedgerRecords(MetadataTree tree, LedgerLayout layout) {
        this.tree = tree;
        this.layout = layout;
    }

    CompletableFuture<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        String path = path(ledger);
        return tree.create(path, LedgerMetadataFormat.serialize(metadata), CreateMode.PERSISTENT)
                .thenCompose(reply -> {
                    if (reply.ok()) {
                        return CompletableFuture.completedFuture(new CreateOutcome.Created(0));
                    }
                    if (reply.code() == Code.NODEEXISTS) {
                        return settle(ledger, metadata);
                    }
                    if (reply.code() == Code.NONODE) {
                        // A neighbour's deletion may prune the new directories again: then this repeats.
                        return tree.ensure(MetadataTree.parentOf(path)).thenCompose(done -> create(ledger, metadata));
                    }
                    throw tree.refused("create", path, reply.code());
                });
    }

    /** The token says whether the record that is in the way is our own, from an attempt whose answer was lost. */
    private CompletableFuture<CreateOutcome> settle(LedgerId ledger, LedgerMetadata metadata) {
        if (metadata.formatVersion() < 3 || metadata.creationToken() == 0) {
            return CompletableFuture.completedFuture(new CreateOutcome.Exists());
        }
        return read(ledger)
                .thenApply(found -> found.filter(stored -> stored.value().creationToken() == metadata.creationToken())
                        .<CreateOutcome>map(stored -> new CreateOutcome.Created(stored.version()))
                        .orElseGet(CreateOutcome.Exists::new));
    }

    CompletableFuture<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return tree.find(path(ledger)).thenApply(found -> found.map(node -> parse(ledger, node)));
    }

    static Versioned<LedgerMetadata> parse(LedgerId ledger, MetadataTree.Node node) {
        try {
            return new Versioned<>(
                    LedgerMetadataFormat.parse(
                            node.bytes(), OptionalLong.of(node.stat().getCtime())),
                    node.stat().getVersion());
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The record of ledger " + ledger + " is unreadable. " + e.getMessage(), e);
        }
    }

    /**
     * After a lost answer a refused version may be our own doing: that is unknown, not a conflict. Nothing but the
     * deadline ends without an answer, and then an attempt may still be under way.
     */
    CompletableFuture<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        String path = path(ledger);
        return tree.set(path, LedgerMetadataFormat.serialize(metadata), MetadataTree.expected(expectedVersion))
                .handle((reply, failure) -> {
                    if (reply == null) {
                        return unknownOrFail(failure);
                    }
                    if (reply.ok()) {
                        return new SwapOutcome.Swapped(reply.get().getVersion());
                    }
                    if (reply.code() == Code.BADVERSION) {
                        return reply.repeated() ? new SwapOutcome.Unknown() : new SwapOutcome.Conflict();
                    }
                    if (reply.code() == Code.NONODE) {
                        return new SwapOutcome.NoSuchLedger();
                    }
                    throw tree.refused("write", path, reply.code());
                });
    }

    private static SwapOutcome unknownOrFail(@Nullable Throwable failure) {
        if (failure instanceof LedgerException ledgerFailure && ledgerFailure.reason() == Reason.METADATA_UNAVAILABLE) {
            return new SwapOutcome.Unknown();
        }
        throw new CompletionException(failure);
    }

    CompletableFuture<Void> delete(LedgerId ledger) {
        String path = path(ledger);
        return tree.delete(path, MetadataTree.ANY_VERSION).thenCompose(reply -> {
            if (reply.ok() || reply.code() == Code.NONODE) {
                return prune(MetadataTree.parentOf(path));
            }
            throw tree.refused("delete", path, reply.code());
        });
    }

    /** Removes empty directories upward. A directory left behind is harmless, so no answer is a failure. */
    private CompletableFuture<Void> prune(String directory) {
        if (directory.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return tree.delete(directory, MetadataTree.ANY_VERSION)
                .handle((reply, failure) -> reply != null && (reply.ok() || reply.code() == Code.NONODE))
                .thenCompose(gone ->
                        gone ? prune(MetadataTree.parentOf(directory)) : CompletableFuture.completedFuture(null));
    }

    String path(LedgerId ledger) {
        try {
            return LedgerPaths.path(layout, ledger);
        } catch (IllegalArgumentException e) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT, "Ledger " + ledger + " cannot be stored: " + e.getMessage() + ".", e);
        }
    }
}
