package dev.daybook.client.name;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.client.name.NameFormat.Name;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Names over records: one for each path, and one for each ledger that counts its paths, changed together. */
public final class RecordNames implements LedgerNames {
    static final String PATHS = "names";
    static final String COUNTS = NameCounts.NAMESPACE;

    private static final int PAGE = 500;

    /** Each lost race means that somebody else changed the same names: it must run dry at some point. */
    private static final int ATTEMPTS_MAX = 50;

    private final RecordStore records;
    private final NameCounts counts;
    private final Function<LedgerId, CompletionStage<Void>> deleteLedger;
    private final Executor callbacks;
    private final LongSupplier dice;

    /** @param callbacks on which stages complete */
    public RecordNames(
            RecordStore records,
            Function<LedgerId, CompletionStage<Void>> deleteLedger,
            Executor callbacks,
            LongSupplier dice) {
        this.records = records;
        this.counts = new NameCounts(records);
        this.deleteLedger = deleteLedger;
        this.callbacks = callbacks;
        this.dice = dice;
    }

    @Override
    public CompletionStage<Optional<NamedLedger>> find(String path) {
        return staged(() -> read(path)
                .thenApply(found ->
                        found.map(name -> new NamedLedger(path, name.value().ledger()))));
    }

    @Override
    public CompletionStage<NamedLedger> create(String path, LedgerId ledger) {
        return staged(() -> create(path, ledger, dice.getAsLong(), 1));
    }

    private CompletableFuture<NamedLedger> create(String path, LedgerId ledger, long mark, int attempt) {
        return read(path).thenCompose(found -> {
            if (found.isPresent()) {
                return ownOr(path, found.get().value(), mark, exists(path));
            }
            List<RecordChange> changes = new ArrayList<>();
            changes.add(new RecordChange.Create(key(path), NameFormat.serialize(new Name(ledger, mark))));
            return counts.addOne(ledger, changes)
                    .thenCompose(counted -> commit(changes))
                    .thenCompose(done -> done
                            ? CompletableFuture.completedFuture(new NamedLedger(path, ledger))
                            : again(attempt, next -> create(path, ledger, mark, next)));
        });
    }

    /** What stands in the way may be the outcome of an attempt whose answer was lost. */
    private static CompletableFuture<NamedLedger> ownOr(String path, Name found, long mark, LedgerException failure) {
        return found.mark() == mark
                ? CompletableFuture.completedFuture(new NamedLedger(path, found.ledger()))
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletionStage<NamedLedger> link(String existing, String added) {
        return staged(() -> link(existing, added, dice.getAsLong()));
    }

    private CompletableFuture<NamedLedger> link(String existing, String added, long mark) {
        return read(existing).thenCompose(found -> {
            LedgerId ledger =
                    found.orElseThrow(() -> noSuchName(existing)).value().ledger();
            return create(added, ledger, mark, 1);
        });
    }

    @Override
    public CompletionStage<NamedLedger> rename(String from, String to) {
        return staged(() -> rename(from, to, Optional.empty(), dice.getAsLong(), 1));
    }

    @Override
    public CompletionStage<NamedLedger> renameOver(String from, String to, LedgerId expected) {
        return staged(() -> rename(from, to, Optional.of(expected), dice.getAsLong(), 1));
    }

    private CompletableFuture<NamedLedger> rename(
            String from, String to, Optional<LedgerId> expected, long mark, int attempt) {
        if (from.equals(to)) {
            throw new LedgerException(Reason.BAD_ARGUMENT, "The name \"" + from + "\" cannot be moved to itself.");
        }
        return read(to).thenCompose(target -> {
            if (target.isPresent() && target.get().value().mark() == mark) {
                return ownOr(to, target.get().value(), mark, exists(to));
            }
            if (expected.isEmpty() && target.isPresent()) {
                throw exists(to);
            }
            return read(from).thenCompose(source -> {
                Versioned<Name> moved = source.orElseThrow(() -> noSuchName(from));
                LedgerId ledger = moved.value().ledger();
                byte[] bytes = NameFormat.serialize(new Name(ledger, mark));
                List<RecordChange> changes = new ArrayList<>();
                changes.add(new RecordChange.Delete(key(from), moved.version()));
                CompletableFuture<Boolean> counted = CompletableFuture.completedFuture(true);
                if (expected.isPresent()) {
                    Versioned<Name> replaced = expecting(to, target, expected.get());
                    changes.add(new RecordChange.Swap(key(to), bytes, replaced.version()));
                    counted = takeOne(to, replaced, changes);
                } else {
                    changes.add(new RecordChange.Create(key(to), bytes));
                }
                return counted.thenCompose(
                                possible -> possible ? commit(changes) : CompletableFuture.completedFuture(false))
                        .thenCompose(done -> done
                                ? CompletableFuture.completedFuture(new NamedLedger(to, ledger))
                                : again(attempt, next -> rename(from, to, expected, mark, next)));
            });
        });
    }

    private static Versioned<Name> expecting(String path, Optional<Versioned<Name>> found, LedgerId expected) {
        Versioned<Name> present = found.orElseThrow(() -> noSuchName(path));
        if (!present.value().ledger().equals(expected)) {
            throw new LedgerException(
                    Reason.METADATA_CONFLICT,
                    "The name \"" + path + "\" leads to ledger "
                            + present.value().ledger() + ", no longer to ledger " + expected + ".");
        }
        return present;
    }

    @Override
    public CompletionStage<NamedLedger> swap(String path, LedgerId expected, LedgerId ledger) {
        return staged(() -> swap(path, expected, ledger, dice.getAsLong(), 1));
    }

    private CompletableFuture<NamedLedger> swap(
            String path, LedgerId expected, LedgerId ledger, long mark, int attempt) {
        return read(path).thenCompose(found -> {
            if (found.isPresent() && found.get().value().mark() == mark) {
                return CompletableFuture.completedFuture(new NamedLedger(path, ledger));
            }
            Versioned<Name> present = expecting(path, found, expected);
            if (expected.equals(ledger)) {
                return CompletableFuture.completedFuture(new NamedLedger(path, ledger));
            }
            List<RecordChange> changes = new ArrayList<>();
            changes.add(
                    new RecordChange.Swap(key(path), NameFormat.serialize(new Name(ledger, mark)), present.version()));
            return takeOne(path, present, changes)
                    .thenCompose(possible -> possible
                            ? counts.addOne(ledger, changes).thenCompose(counted -> commit(changes))
                            : CompletableFuture.completedFuture(false))
                    .thenCompose(done -> done
                            ? CompletableFuture.completedFuture(new NamedLedger(path, ledger))
                            : again(attempt, next -> swap(path, expected, ledger, mark, next)));
        });
    }

    @Override
    public CompletionStage<Removed> remove(String path) {
        return staged(() -> remove(path, false, 1));
    }

    @Override
    public CompletionStage<Removed> removeWithLedger(String path) {
        return staged(() -> remove(path, true, 1)
                .thenCompose(removed -> removed.pathsLeft() > 0
                        ? CompletableFuture.completedFuture(removed)
                        : finish(removed.ledger()).thenApply(done -> removed)));
    }

    /** A removal whose answer was lost and that then finds nothing has done it, or somebody else has. */
    private CompletableFuture<Removed> remove(String path, boolean keepCount, int attempt) {
        return read(path).thenCompose(found -> {
            Versioned<Name> present = found.orElseThrow(() -> noSuchName(path));
            LedgerId ledger = present.value().ledger();
            List<RecordChange> changes = new ArrayList<>();
            changes.add(new RecordChange.Delete(key(path), present.version()));
            return counts.takeOne(ledger, changes, keepCount).thenCompose(left -> {
                CompletableFuture<Boolean> committed =
                        left.isPresent() ? commitRemoval(path, present, changes) : unlessUnchanged(path, present);
                return committed.thenCompose(done -> done
                        ? CompletableFuture.completedFuture(new Removed(ledger, left.orElse(0)))
                        : again(attempt, next -> remove(path, keepCount, next)));
            });
        });
    }

    /** Another name that has come to the path since is nobody's to remove who did not see it. */
    private CompletableFuture<Boolean> commitRemoval(String path, Versioned<Name> seen, List<RecordChange> changes) {
        return LedgerStages.of(() -> records.commit(changes)).thenCompose(outcome -> {
            if (!(outcome instanceof CommitOutcome.Unknown)) {
                return CompletableFuture.completedFuture(outcome instanceof CommitOutcome.Committed);
            }
            return read(path).thenApply(found -> {
                if (found.isPresent() && found.get().version() != seen.version()) {
                    throw new LedgerException(
                            Reason.METADATA_CONFLICT,
                            "The name \"" + path + "\" was changed by somebody else while it was being removed;"
                                    + " look again.");
                }
                return found.isEmpty();
            });
        });
    }

    /** False if somebody else has changed the name since it was seen, so that the count tells of another state. */
    private CompletableFuture<Boolean> takeOne(String path, Versioned<Name> seen, List<RecordChange> changes) {
        return counts.takeOne(seen.value().ledger(), changes, false)
                .thenCompose(left ->
                        left.isPresent() ? CompletableFuture.completedFuture(true) : unlessUnchanged(path, seen));
    }

    /** A name that exists is counted: if it still is as it was seen, the count is wrong. Ends with false otherwise. */
    private CompletableFuture<Boolean> unlessUnchanged(String path, Versioned<Name> seen) {
        return read(path).thenApply(found -> {
            if (found.isPresent() && found.get().version() == seen.version()) {
                throw new LedgerException(
                        Reason.METADATA_CORRUPT,
                        "Ledger " + seen.value().ledger() + " has fewer names counted than it has.");
            }
            return false;
        });
    }

    @Override
    public CompletionStage<List<NamedLedger>> list(String prefix, Optional<String> after, int limit) {
        return staged(() -> LedgerStages.of(() -> records.list(PATHS, prefix, after, limit))
                .thenCompose(paths -> {
                    CompletableFuture<List<NamedLedger>> all = CompletableFuture.completedFuture(new ArrayList<>());
                    for (String path : paths) {
                        all = all.thenCombine(read(path), (found, name) -> {
                            name.ifPresent(present -> found.add(
                                    new NamedLedger(path, present.value().ledger())));
                            return found;
                        });
                    }
                    return all;
                }));
    }

    @Override
    public CompletionStage<List<LedgerId>> sweep() {
        return staged(() -> sweep(Optional.empty(), new ArrayList<>()));
    }

    private CompletableFuture<List<LedgerId>> sweep(Optional<String> after, List<LedgerId> deleted) {
        return LedgerStages.of(() -> records.list(COUNTS, "", after, PAGE)).thenCompose(page -> {
            if (page.isEmpty()) {
                return CompletableFuture.completedFuture(List.copyOf(deleted));
            }
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (String text : page) {
                LedgerId ledger = LedgerId.parse(text);
                done = done.thenCompose(previous -> finish(ledger)).thenApply(gone -> {
                    if (gone) {
                        deleted.add(ledger);
                    }
                    return null;
                });
            }
            return done.thenCompose(all -> sweep(Optional.of(page.get(page.size() - 1)), deleted));
        });
    }

    /** Deletes a ledger whose count has come to 0 and stayed, then the count. */
    private CompletableFuture<Boolean> finish(LedgerId ledger) {
        return counts.read(ledger).thenCompose(count -> {
            if (count.isEmpty() || count.get().value() > 0) {
                return CompletableFuture.completedFuture(false);
            }
            RecordChange gone =
                    new RecordChange.Delete(NameCounts.key(ledger), count.get().version());
            return LedgerStages.of(() -> deleteLedger.apply(ledger))
                    .thenCompose(deleted -> LedgerStages.of(() -> records.commit(List.of(gone))))
                    .thenApply(outcome -> true);
        });
    }

    private CompletableFuture<Optional<Versioned<Name>>> read(String path) {
        RecordKey key = key(path);
        return LedgerStages.of(() -> records.read(key))
                .thenApply(found -> found.map(
                        stored -> new Versioned<>(NameFormat.parseName(path, stored.value()), stored.version())));
    }

    /** False for anything but success: the next round reads again, and recognises its own work by the mark. */
    private CompletableFuture<Boolean> commit(List<RecordChange> changes) {
        return LedgerStages.of(() -> records.commit(changes))
                .thenApply(outcome -> outcome instanceof CommitOutcome.Committed);
    }

    private static <T> CompletableFuture<T> again(int attempt, Function<Integer, CompletableFuture<T>> next) {
        if (attempt >= ATTEMPTS_MAX) {
            throw new LedgerException(
                    Reason.METADATA_UNAVAILABLE,
                    "Names could not be changed in " + ATTEMPTS_MAX
                            + " attempts; the metadata service is failing, or somebody changes them all the time.");
        }
        return next.apply(attempt + 1);
    }

    private static RecordKey key(String path) {
        try {
            return new RecordKey(PATHS, path);
        } catch (IllegalArgumentException e) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT, "\"" + path + "\" cannot be the name of a ledger: " + e.getMessage() + ".", e);
        }
    }

    private static LedgerException noSuchName(String path) {
        return new LedgerException(Reason.NO_SUCH_NAME, "There is no name \"" + path + "\".");
    }

    private static LedgerException exists(String path) {
        return new LedgerException(Reason.NAME_EXISTS, "There is already a name \"" + path + "\".");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the future that the caller has.
    private <T> CompletionStage<T> staged(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        LedgerStages.of(operation)
                .whenComplete((value, failure) -> callbacks.execute(() -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(
                                failure instanceof CompletionException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure);
                    }
                }));
        return result;
    }
}
