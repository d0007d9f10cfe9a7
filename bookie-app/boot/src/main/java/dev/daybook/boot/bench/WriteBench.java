package dev.daybook.boot.bench;

import dev.daybook.boot.bench.BenchRun.Amount;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Appends entries of one size.
 *
 * @param outstanding entries submitted and not acknowledged, over all ledgers
 * @param keep whether the ledgers stay, so that a read benchmark can use them
 */
public record WriteBench(
        BenchTarget target,
        int entryBytes,
        int outstanding,
        int ledgers,
        Duration warmup,
        Duration measured,
        boolean keep) {
    /** Payload bytes that do not compress, the same in every run. */
    private static final long SEED = 42;

    public WriteBench {
        if (entryBytes < 0) {
            throw BenchTarget.wrong("--size must not be negative, was " + entryBytes + ".");
        }
        if (ledgers < 1) {
            throw BenchTarget.wrong("--ledgers must be positive, was " + ledgers + ".");
        }
        if (outstanding < ledgers) {
            throw BenchTarget.wrong(
                    "--outstanding must be at least the number of ledgers (" + ledgers + "), was " + outstanding + ".");
        }
    }

    /** Prints the result; ledgers are removed again unless they are kept. */
    public void run(PrintStream out) throws InterruptedException {
        byte[] payload = new byte[entryBytes];
        new Random(SEED).nextBytes(payload);
        try (LedgerClient client = target.connect()) {
            List<AppendLedger> open = new ArrayList<>();
            for (int i = 0; i < ledgers; i++) {
                open.add(
                        client.create(target.ledgerSpec()).toCompletableFuture().join());
            }
            Amount each = new Amount(1, entryBytes);
            List<BenchRun.Operation> lanes = new ArrayList<>();
            for (AppendLedger ledger : open) {
                lanes.add(() -> ledger.append(payload).thenApply(id -> each));
            }
            try {
                Measurement result = new BenchRun(warmup, measured).run(lanes, Math.max(1, outstanding / ledgers));
                out.print(result.report("entry"));
            } finally {
                finish(client, open, out);
            }
        }
    }

    private void finish(LedgerClient client, List<AppendLedger> open, PrintStream out) {
        for (AppendLedger ledger : open) {
            try {
                ledger.close();
                if (!keep) {
                    client.delete(ledger.id()).toCompletableFuture().join();
                }
            } catch (LedgerException e) {
                out.println("ledger " + ledger.id() + " was not closed: " + e.getMessage());
            }
        }
        if (keep) {
            StringBuilder ids = new StringBuilder("ledgers   ");
            open.forEach(ledger -> ids.append(" --ledger ").append(ledger.id().value()));
            out.println(ids);
        }
    }
}
