package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One ledger's record: create, read, swap, delete. A record's version is the revision of its last change, which no later
 * record of the same ledger ever has again. Source: metadata specification, section 11.7.
 */
final class LedgerRecords {
    private final Keyspace keyspace;

    LedgerRecords(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    CompletableFuture<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        return keyspace.create(key(ledger), LedgerMetadataFormat.serialize(metadata), Keyspace.NO_LEASE)
                .thenApply(reply -> reply.value().getSucceeded()
                        ? new CreateOutcome.Created(reply.value().getHeader().getRevision())
                        : settle(ledger, metadata, reply.value()));
    }

    /** The token says whether the record that is in the way is our own, from an attempt whose answer was lost. */
    private static CreateOutcome settle(LedgerId ledger, LedgerMetadata metadata, TxnResponse response) {
        if (metadata.formatVersion() < 3 || metadata.creationToken() == 0) {
            return new CreateOutcome.Exists();
        }
        return Keyspace.found(response)
                .map(entry -> parse(ledger, entry))
                .filter(stored -> stored.value().creationToken() == metadata.creationToken())
                .<CreateOutcome>map(stored -> new CreateOutcome.Created(stored.version()))
                .orElseGet(CreateOutcome.Exists::new);
    }

    CompletableFuture<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return keyspace.get(key(ledger)).thenApply(found -> found.map(entry -> parse(ledger, entry)));
    }

    /** The service keeps no times, so only a record that carries its own has one. */
    static Versioned<LedgerMetadata> parse(LedgerId ledger, KeyValue entry) {
        try {
            return new Versioned<>(
                    LedgerMetadataFormat.parse(entry.getValue().toByteArray(), OptionalLong.empty()),
                    entry.getModRevision());
        } catch (MalformedMetadataException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The record of ledger " + ledger + " is unreadable. " + e.getMessage(), e);
        }
    }

    /**
     * After a lost answer another version may be our own doing: that is unknown, not a conflict. Nothing but the deadline
     * ends without an answer, and then an attempt may still be under way.
     */
    CompletableFuture<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return keyspace.replace(key(ledger), LedgerMetadataFormat.serialize(metadata), expectedVersion)
                .handle((reply, failure) -> {
                    if (reply == null) {
                        return unknownOrFail(failure);
                    }
                    if (reply.value().getSucceeded()) {
                        return new SwapOutcome.Swapped(reply.value().getHeader().getRevision());
                    }
                    if (Keyspace.found(reply.value()).isEmpty()) {
                        return new SwapOutcome.NoSuchLedger();
                    }
                    return reply.repeated() ? new SwapOutcome.Unknown() : new SwapOutcome.Conflict();
                });
    }

    private static SwapOutcome unknownOrFail(@Nullable Throwable failure) {
        if (failure instanceof LedgerException ledgerFailure && ledgerFailure.reason() == Reason.METADATA_UNAVAILABLE) {
            return new SwapOutcome.Unknown();
        }
        throw new CompletionException(failure);
    }

    /**
     * Removes the record that was there when this began and no other: a repeated attempt that comes late must not take
     * a successor with the same id away.
     */
    CompletableFuture<Void> delete(LedgerId ledger) {
        return keyspace.get(key(ledger))
                .thenCompose(found ->
                        found.isPresent() ? delete(ledger, found.get()) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> delete(LedgerId ledger, KeyValue entry) {
        return keyspace.remove(key(ledger), entry.getModRevision()).thenCompose(reply -> {
            Optional<KeyValue> now = reply.value().getSucceeded() ? Optional.empty() : Keyspace.found(reply.value());
            return now.isPresent() && now.get().getCreateRevision() == entry.getCreateRevision()
                    ? delete(ledger, now.get())
                    : CompletableFuture.completedFuture(null);
        });
    }

    private String key(LedgerId ledger) {
        return keyspace.keys().ledger(ledger);
    }
}
