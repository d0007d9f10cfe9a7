package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import dev.daybook.client.log.LedgerSteps.Prepared;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogChain.Start;
import dev.daybook.core.log.LogSegment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Logs over ledgers and records. */
public final class ChainLogs implements NamedLogs {
    private static final int PAGE = 500;

    private final LogPorts ports;

    public ChainLogs(LogPorts ports) {
        this.ports = ports;
    }

    private ChainRecord recordOf(String log) {
        return new ChainRecord(log, ports.records());
    }

    private LedgerSteps stepsOf(String log, ChainRecord record) {
        return new LedgerSteps(log, record, ports);
    }

    /** Makes the owner of one attempt to take over unlike any other. */
    private String mark(String owner) {
        return owner + "#" + Long.toHexString(ports.dice().getAsLong());
    }

    /** Ends on the executor of callbacks, and with a {@code LedgerException} whatever goes wrong. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the future that the caller has.
    private <T> CompletionStage<T> staged(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        LogFailures.staged(operation)
                .whenComplete((value, failure) -> ports.callbacks().execute(() -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(LogFailures.of(failure));
                    }
                }));
        return result;
    }

    @Override
    public CompletionStage<LogDescription> create(String log) {
        return staged(() -> create(log, recordOf(log)));
    }

    private CompletableFuture<LogDescription> create(String log, ChainRecord record) {
        return record.create().thenCompose(created -> {
            if (created.isPresent()) {
                return CompletableFuture.completedFuture(describe(log, created.get()));
            }
            return record.find().thenCompose(found -> {
                if (found.isPresent() && !found.get().deleted()) {
                    throw LogFailures.exists(log);
                }
                // A deletion was begun and not finished; without a password nothing has to be opened any more.
                return stepsOf(log, record)
                        .delete(mark("create"), LedgerPassword.EMPTY)
                        .thenCompose(done -> create(log, record));
            });
        });
    }

    @Override
    public CompletionStage<LogDescription> describe(String log) {
        return staged(() -> recordOf(log).read().thenApply(chain -> describe(log, chain)));
    }

    private static LogDescription describe(String log, LogChain chain) {
        return new LogDescription(
                log,
                chain.epoch(),
                LogFailures.ownerName(chain.owner()),
                LogFailures.startOf(chain),
                chain.segments(),
                chain.doomed().size());
    }

    @Override
    public CompletionStage<List<String>> list(String prefix, Optional<String> after, int limit) {
        return staged(() -> ports.records()
                .list(ChainRecord.NAMESPACE, prefix, after, limit)
                .toCompletableFuture());
    }

    @Override
    public CompletionStage<LogWriter> openWriter(String log, LogWriterConfig config) {
        return staged(() -> {
            ChainRecord record = recordOf(log);
            LedgerSteps steps = stepsOf(log, record);
            return steps.takeOver(mark(config.owner()), config.ledger().password())
                    .thenCompose(chain -> begin(log, chain.writer(), config, steps));
        });
    }

    private CompletableFuture<LogWriter> begin(
            String log, LogChain.Writer writer, LogWriterConfig config, LedgerSteps steps) {
        CompletableFuture<Prepared> prepared = steps.prepare(writer, config.ledger());
        return prepared.thenCompose(first -> steps.activate(writer, first, Optional.empty())
                .whenComplete((chain, failure) -> {
                    if (failure != null) {
                        LedgerLeaving.release(first.ledger());
                    }
                })
                .thenCompose(chain -> {
                    WritingLedger ledger =
                            new WritingLedger(first.ledger(), chain.active().orElseThrow());
                    LogWriter opened = new ChainWriter(log, writer, config, ports, steps, ledger);
                    return steps.sweep().thenApply(done -> opened);
                }));
    }

    @Override
    public CompletionStage<LogReader> openReader(String log, LogStart start, LedgerPassword password) {
        return staged(() -> {
            LogReader reader = new ChainReader(log, recordOf(log), ports, password);
            return reader.seek(start).thenApply(position -> reader).toCompletableFuture();
        });
    }

    @Override
    public CompletionStage<LogPosition> truncate(String log, LogPosition before, LedgerPassword password) {
        return staged(() -> {
            ChainRecord record = recordOf(log);
            Start start = new Start(before.segment(), before.entry());
            return record.read()
                    .thenCompose(chain -> endOf(chain, before, password))
                    .thenCompose(end -> {
                        if (before.entry() > end) {
                            throw LogFailures.beyondEnd(log, before);
                        }
                        return record.update(chain -> chain.truncate(start));
                    })
                    .thenCompose(chain -> stepsOf(log, record).sweep().thenApply(done -> LogFailures.startOf(chain)));
        });
    }

    /** One more than the last entry that is certain in the position's ledger. What is truncated has any entry. */
    private CompletableFuture<Long> endOf(LogChain chain, LogPosition position, LedgerPassword password) {
        Optional<LogSegment> found = chain.segments().stream()
                .filter(segment -> segment.number() == position.segment())
                .findFirst();
        if (found.isEmpty()) {
            boolean passed = position.segment() < chain.nextNumber();
            return CompletableFuture.completedFuture(passed ? Long.MAX_VALUE : -1L);
        }
        LogSegment segment = found.get();
        return switch (segment.phase()) {
            case RESERVED -> CompletableFuture.completedFuture(0L);
            case SEALED -> CompletableFuture.completedFuture(segment.lastEntry() + 1);
            case ACTIVE ->
                LogFailures.staged(() -> ports.ledgers().open(segment.ledger(), password))
                        .thenCompose(open -> LogFailures.staged(open::readLastAddConfirmed)
                                .whenComplete((lac, failure) -> open.close())
                                .thenApply(lac -> lac + 1));
        };
    }

    @Override
    public CompletionStage<Void> delete(String log, LedgerPassword password) {
        return staged(() -> stepsOf(log, recordOf(log)).delete(mark("delete"), password));
    }

    @Override
    public CompletionStage<List<LedgerId>> orphans() {
        return staged(() -> orphans(Optional.empty(), new ArrayList<>()));
    }

    private CompletableFuture<List<LedgerId>> orphans(Optional<LedgerId> after, List<LedgerId> found) {
        return LogFailures.staged(() -> ports.ledgers().list(after, PAGE)).thenCompose(page -> {
            if (page.isEmpty()) {
                return CompletableFuture.completedFuture(List.copyOf(found));
            }
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (LedgerId ledger : page) {
                done = done.thenCompose(previous -> isOrphan(ledger)).thenApply(orphan -> {
                    if (orphan) {
                        found.add(ledger);
                    }
                    return null;
                });
            }
            return done.thenCompose(all -> orphans(Optional.of(page.get(page.size() - 1)), found));
        });
    }

    /** The chain is read after the ledger was seen: a ledger is created only after its id was listed. */
    private CompletableFuture<Boolean> isOrphan(LedgerId ledger) {
        return LogFailures.staged(() -> ports.ledgers().find(ledger)).thenCompose(metadata -> {
            Optional<String> log = metadata.flatMap(ChainLogs::logOf);
            if (log.isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            return findChain(log.get())
                    .thenApply(chain -> chain.isEmpty() || !chain.get().knows(ledger));
        });
    }

    private CompletableFuture<Optional<LogChain>> findChain(String log) {
        try {
            return recordOf(log).find();
        } catch (LedgerException e) {
            return CompletableFuture.completedFuture(Optional.empty()); // No log can have this name.
        }
    }

    private static Optional<String> logOf(LedgerMetadata metadata) {
        return Optional.ofNullable(metadata.custom().get(LedgerSteps.LOG_KEY))
                .map(name -> new String(name, StandardCharsets.UTF_8));
    }
}
