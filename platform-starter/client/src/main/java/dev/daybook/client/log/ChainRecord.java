package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.core.log.ChainStep;
import dev.daybook.core.log.LogChain;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A log's record: read it, change it by compare-and-swap, follow it. */
final class ChainRecord {
    static final String NAMESPACE = "logs";

    /** Each lost race means that somebody else changed the log: it must run dry at some point. */
    private static final int ATTEMPTS_MAX = 100;

    private final String log;
    private final RecordKey key;
    private final RecordStore records;

    /** @throws LedgerException if the name cannot be that of a log */
    ChainRecord(String log, RecordStore records) {
        this.log = log;
        this.records = records;
        try {
            this.key = new RecordKey(NAMESPACE, log);
        } catch (IllegalArgumentException e) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT, "\"" + log + "\" cannot be the name of a log: " + e.getMessage() + ".", e);
        }
    }

    /** Fails with {@code NO_SUCH_LOG} if there is none or it is being deleted. */
    CompletableFuture<LogChain> read() {
        return find().thenApply(
                        found -> found.filter(chain -> !chain.deleted()).orElseThrow(() -> LogFailures.noSuchLog(log)));
    }

    CompletableFuture<Optional<LogChain>> find() {
        return stored().thenApply(found -> found.map(Versioned::value));
    }

    private CompletableFuture<Optional<Versioned<LogChain>>> stored() {
        return LogFailures.staged(() -> records.read(key)).thenApply(found -> found.map(this::parse));
    }

    private Versioned<LogChain> parse(Versioned<byte[]> bytes) {
        return new Versioned<>(ChainFormat.parse(log, bytes.value()), bytes.version());
    }

    /** Ends with the chain as it is after the wish; fails if the wish was refused or there is no such log. */
    CompletableFuture<LogChain> update(Function<LogChain, ChainStep> wish) {
        return update(wish, 1);
    }

    private CompletableFuture<LogChain> update(Function<LogChain, ChainStep> wish, int attempt) {
        return stored().thenCompose(found -> {
            Versioned<LogChain> present = found.orElseThrow(() -> LogFailures.noSuchLog(log));
            ChainStep step = wish.apply(present.value());
            if (step instanceof ChainStep.Settled settled) {
                return CompletableFuture.completedFuture(settled.present());
            }
            if (step instanceof ChainStep.Refused refused) {
                throw LogFailures.refused(log, refused.refusal(), refused.present());
            }
            return swap(wish, attempt, ((ChainStep.Change) step).next(), present.version());
        });
    }

    /** After an unknown outcome the wish itself recognises in the next round whether it has come true. */
    private CompletableFuture<LogChain> swap(
            Function<LogChain, ChainStep> wish, int attempt, LogChain next, long expectedVersion) {
        RecordChange change = new RecordChange.Swap(key, ChainFormat.serialize(next), expectedVersion);
        return commit(change).thenCompose(outcome -> {
            if (outcome instanceof CommitOutcome.Committed) {
                return CompletableFuture.completedFuture(next);
            }
            if (attempt >= ATTEMPTS_MAX) {
                throw contended();
            }
            return update(wish, attempt + 1);
        });
    }

    private LedgerException contended() {
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "The record of log \"" + log + "\" could not be changed in " + ATTEMPTS_MAX
                        + " attempts; the metadata service is failing, or somebody changes it all the time.");
    }

    private CompletableFuture<CommitOutcome> commit(RecordChange change) {
        return LogFailures.staged(() -> records.commit(List.of(change)));
    }

    /** Empty if there is a log of this name, perhaps one that is being deleted. */
    CompletableFuture<Optional<LogChain>> create() {
        return commit(new RecordChange.Create(key, ChainFormat.serialize(LogChain.EMPTY)))
                .thenCompose(outcome -> {
                    if (outcome instanceof CommitOutcome.Conflict) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    if (outcome instanceof CommitOutcome.Committed) {
                        return CompletableFuture.completedFuture(Optional.of(LogChain.EMPTY));
                    }
                    // One empty log is as good as another: it does not matter whose creation succeeded.
                    return find().thenCompose(found -> found.isEmpty()
                            ? create()
                            : CompletableFuture.completedFuture(found.filter(LogChain.EMPTY::equals)));
                });
    }

    /** Removes the record of a log that is being deleted. */
    CompletableFuture<Void> remove() {
        return stored().thenCompose(found -> {
            if (found.isEmpty() || !found.get().value().deleted()) {
                return CompletableFuture.completedFuture(null);
            }
            return commit(new RecordChange.Delete(key, found.get().version())).thenCompose(outcome -> remove());
        });
    }

    /** Tells every lasting state; an unreadable one ends in silence, because a read will tell more. */
    Subscription watch(Consumer<Optional<LogChain>> listener) {
        return records.watch(
                key, found -> listener.accept(found.map(bytes -> parse(bytes).value())));
    }
}
