package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogChain.LedgerEnd;
import dev.daybook.core.log.LogChain.Writer;
import dev.daybook.core.log.LogSegment;
import dev.daybook.core.log.LogSegment.Phase;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps by which a writer changes ledgers and chain together. Each may be the last that a process does: whatever
 * ledger exists then is listed in the chain, and the next writer finishes the rest. Stateless, thread-safe.
 */
final class LedgerSteps {
    /** In the custom metadata of every ledger of a log: the log's name. */
    static final String LOG_KEY = "daybook.log";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSteps.class);

    /** Reserved ids that turn out to be taken, one after the other. */
    private static final int ATTEMPTS_MAX = 8;

    private final String log;
    private final ChainRecord record;
    private final LogPorts ports;

    LedgerSteps(String log, ChainRecord record, LogPorts ports) {
        this.log = log;
        this.record = record;
        this.ports = ports;
    }

    /** A ledger that was created under its reserved id, and that is not active yet. */
    record Prepared(AppendLedger ledger, LogSegment segment) {}

    /** Deposes everybody else and closes what was active. Ends with the chain. */
    CompletableFuture<LogChain> takeOver(String mark, LedgerPassword password) {
        return record.update(chain -> chain.acquire(mark)).thenCompose(chain -> sealActive(chain, password));
    }

    private CompletableFuture<LogChain> sealActive(LogChain chain, LedgerPassword password) {
        Optional<LogSegment> active = chain.active();
        return active.isEmpty()
                ? CompletableFuture.completedFuture(chain)
                : recoverAndSeal(chain.writer(), active.get().ledger(), password);
    }

    private CompletableFuture<LogChain> recoverAndSeal(Writer writer, LedgerId ledger, LedgerPassword password) {
        return recover(ledger, password).thenCompose(end -> record.update(chain -> chain.seal(writer, ledger, end)));
    }

    private CompletableFuture<LedgerEnd> recover(LedgerId ledger, LedgerPassword password) {
        return LogFailures.staged(() -> ports.ledgers().openWithRecovery(ledger, password))
                .thenApply(LedgerSteps::endOf)
                .exceptionallyCompose(failure -> {
                    LedgerException reason = LogFailures.of(failure);
                    if (reason.reason() != Reason.NO_SUCH_LEDGER) {
                        return CompletableFuture.failedFuture(reason);
                    }
                    LOG.error("ledger {} of log {} was deleted by somebody else; what it held is lost", ledger, log);
                    return CompletableFuture.completedFuture(new LedgerEnd(-1, 0));
                });
    }

    private static LedgerEnd endOf(ReadLedger closed) {
        try (closed) {
            return new LedgerEnd(closed.lastAddConfirmed(), closed.length());
        }
    }

    /** Reserves an id and creates the ledger, or creates the one that is reserved already. */
    CompletableFuture<Prepared> prepare(Writer writer, LedgerSpec spec) {
        return prepare(writer, spec, 1);
    }

    private CompletableFuture<Prepared> prepare(Writer writer, LedgerSpec spec, int attempt) {
        return LogFailures.staged(ports.ledgers()::newId)
                .thenCompose(id -> record.update(
                        chain -> chain.reserve(writer, id, ports.clockMillis().getAsLong())))
                .thenCompose(chain -> {
                    LogSegment segment = chain.reserved().orElseThrow();
                    return LogFailures.staged(() -> ports.ledgers().create(segment.ledger(), tagged(spec)))
                            .thenApply(ledger -> new Prepared(ledger, segment))
                            .exceptionallyCompose(failure -> onCreateFailed(writer, spec, attempt, segment, failure));
                });
    }

    private LedgerSpec tagged(LedgerSpec spec) {
        Map<String, byte[]> custom = new HashMap<>(spec.custom());
        custom.put(LOG_KEY, log.getBytes(StandardCharsets.UTF_8));
        return spec.withCustom(custom);
    }

    private CompletableFuture<Prepared> onCreateFailed(
            Writer writer, LedgerSpec spec, int attempt, LogSegment segment, Throwable failure) {
        LedgerException reason = LogFailures.of(failure);
        if (reason.reason() != Reason.LEDGER_EXISTS || attempt >= ATTEMPTS_MAX) {
            return CompletableFuture.failedFuture(reason);
        }
        return settle(writer, segment.ledger(), spec.password())
                .thenCompose(settled -> prepare(writer, spec, attempt + 1));
    }

    /**
     * The reserved ledger exists: a former writer created it, or this one did and never heard of it. It is closed and,
     * being empty, deleted, so that its creator cannot write to it. A ledger that is not of this log is left alone. A
     * deposed writer must not disturb the ledger that its successor has adopted, so it looks first.
     */
    private CompletableFuture<LogChain> settle(Writer writer, LedgerId ledger, LedgerPassword password) {
        return record.read().thenCompose(chain -> {
            boolean mine = chain.isOwner(writer)
                    && chain.reserved()
                            .filter(segment -> segment.ledger().equals(ledger))
                            .isPresent();
            if (!mine) {
                return record.update(present -> present.unreserve(writer, ledger));
            }
            return LogFailures.staged(() -> ports.ledgers().find(ledger))
                    .thenCompose(metadata -> metadata.filter(this::isOurs).isPresent()
                            ? recoverAndSeal(writer, ledger, password)
                            : record.update(present -> present.unreserve(writer, ledger)));
        });
    }

    private boolean isOurs(LedgerMetadata metadata) {
        byte[] name = metadata.custom().get(LOG_KEY);
        return name != null && new String(name, StandardCharsets.UTF_8).equals(log);
    }

    /** From now on the prepared ledger takes records. A deposed writer removes the ledger that nobody will list. */
    CompletableFuture<LogChain> activate(Writer writer, Prepared prepared, Optional<LedgerEnd> formerEnd) {
        LedgerId ledger = prepared.segment().ledger();
        CompletableFuture<LogChain> activated = record.update(chain ->
                chain.activate(writer, ledger, formerEnd, ports.clockMillis().getAsLong()));
        return activated.exceptionallyCompose(failure -> {
            LedgerException reason = LogFailures.of(failure);
            boolean ended = reason.reason() == Reason.WRITER_DEPOSED || reason.reason() == Reason.NO_SUCH_LOG;
            CompletableFuture<LogChain> failed = CompletableFuture.failedFuture(reason);
            return ended ? removeUnlisted(ledger).thenCompose(removed -> failed) : failed;
        });
    }

    private CompletableFuture<Void> removeUnlisted(LedgerId ledger) {
        return record.find()
                .thenCompose(chain -> chain.isPresent() && chain.get().knows(ledger)
                        ? CompletableFuture.<Void>completedFuture(null)
                        : LogFailures.staged(() -> ports.ledgers().delete(ledger)))
                .exceptionally(failure -> {
                    LOG.warn("ledger {} of log {} may be left over: {}", ledger, log, failure.toString());
                    return null;
                });
    }

    CompletableFuture<LogChain> seal(Writer writer, LedgerId ledger, LedgerEnd end) {
        return record.update(chain -> chain.seal(writer, ledger, end));
    }

    /** Deletes what is doomed. A failure leaves it to the next who tries, so it is no failure of the caller's. */
    CompletableFuture<Void> sweep() {
        return record.find()
                .thenCompose(chain -> sweep(chain.map(LogChain::doomed).orElse(List.of())))
                .exceptionally(failure -> {
                    LOG.info(
                            "ledgers of log {} are deleted later: {}",
                            log,
                            LogFailures.of(failure).getMessage());
                    return null;
                });
    }

    private CompletableFuture<Void> sweep(List<LedgerId> doomed) {
        if (doomed.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (LedgerId ledger : doomed) {
            done = done.thenCompose(
                    previous -> LogFailures.staged(() -> ports.ledgers().delete(ledger)));
        }
        return done.thenCompose(deleted -> record.update(chain -> chain.forget(doomed)))
                .thenApply(chain -> null);
    }

    /** Deposes the writer, closes and deletes everything, then the record. Each step may be repeated. */
    CompletableFuture<Void> delete(String mark, LedgerPassword password) {
        return record.find().thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<?> deleted = found.get().deleted()
                    ? CompletableFuture.completedFuture(null)
                    : takeOver(mark, password)
                            .thenCompose(chain -> sealReserved(chain, password))
                            .thenCompose(chain -> record.update(present -> present.delete(chain.writer())));
            return deleted.thenCompose(done -> record.find())
                    .thenCompose(chain -> sweep(chain.map(LogChain::doomed).orElse(List.of())))
                    .thenCompose(done -> record.remove());
        });
    }

    /** A foreign ledger under a reserved id must not be doomed with the rest. */
    private CompletableFuture<LogChain> sealReserved(LogChain chain, LedgerPassword password) {
        Optional<LogSegment> reserved = chain.segments().stream()
                .filter(segment -> segment.phase() == Phase.RESERVED)
                .findFirst();
        return reserved.isEmpty()
                ? CompletableFuture.completedFuture(chain)
                : settle(chain.writer(), reserved.get().ledger(), password);
    }
}
