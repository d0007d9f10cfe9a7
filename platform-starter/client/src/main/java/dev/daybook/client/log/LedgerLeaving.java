package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Advice;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.ReadLedger;
import dev.daybook.core.log.LogChain.LedgerEnd;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How a writer gets out of a ledger: by closing it, or by recovering it. Stateless, thread-safe. */
final class LedgerLeaving {
    /** Between attempts to leave a failed or full ledger, while the cluster is away. */
    private static final long RETRY_MILLIS = 250;

    private static final int ATTEMPTS_MAX = 40;

    private final LogPorts ports;
    private final LedgerPassword password;

    LedgerLeaving(LogPorts ports, LedgerPassword password) {
        this.ports = ports;
        this.password = password;
    }

    /** All of its records are acknowledged. */
    CompletableFuture<LedgerEnd> close(WritingLedger former) {
        return LogFailures.staged(former.ledger()::closeLedger)
                .thenApply(metadata -> metadata.end().orElseThrow())
                .thenApply(at -> new LedgerEnd(at.lastEntryId(), at.length()));
    }

    /** Ends a handle that nobody writes to any more; it would live as long as the client. How the ledger ends is decided. */
    static void release(AppendLedger handle) {
        var unused = LogFailures.staged(handle::closeLedger);
    }

    /** Where a recovered ledger ended, and what it holds behind the last entry that is certain. */
    record Found(LedgerEnd end, List<byte[]> entries) {}

    /** Some of its records may be in it or not. */
    CompletableFuture<Found> recover(WritingLedger failed) {
        return LogFailures.staged(
                        () -> ports.ledgers().openWithRecovery(failed.ledger().id(), password))
                .thenCompose(ledger ->
                        readRest(ledger, failed.firstUncertain()).whenComplete((found, failure) -> ledger.close()))
                .exceptionallyCompose(failure -> {
                    // Gone: a successor found it empty, and the chain will tell; or somebody deleted it by hand.
                    LedgerException reason = LogFailures.of(failure);
                    return reason.reason() == Reason.NO_SUCH_LEDGER
                            ? CompletableFuture.completedFuture(new Found(new LedgerEnd(-1, 0), List.of()))
                            : CompletableFuture.failedFuture(reason);
                });
    }

    private static CompletableFuture<Found> readRest(ReadLedger ledger, long first) {
        long last = ledger.lastAddConfirmed();
        LedgerEnd end = new LedgerEnd(last, ledger.length());
        if (first > last) {
            return CompletableFuture.completedFuture(new Found(end, List.of()));
        }
        return LogFailures.staged(() -> ledger.read(first, last))
                .thenApply(entries -> new Found(
                        end, entries.stream().map(LedgerEntry::payload).toList()));
    }

    /** Repeats what may succeed later. */
    <T> CompletableFuture<T> retrying(Supplier<CompletableFuture<T>> step) {
        return retrying(step, 1);
    }

    private <T> CompletableFuture<T> retrying(Supplier<CompletableFuture<T>> step, int attempt) {
        return LogFailures.staged(step).exceptionallyCompose(failure -> {
            LedgerException reason = LogFailures.of(failure);
            if (reason.advice() != Advice.RETRY || attempt >= ATTEMPTS_MAX) {
                return CompletableFuture.failedFuture(reason);
            }
            CompletableFuture<Void> pause = new CompletableFuture<>();
            ports.later().run(() -> pause.complete(null), RETRY_MILLIS);
            return pause.thenCompose(over -> retrying(step, attempt + 1));
        });
    }
}
