package dev.daybook.boot.bench;

import dev.daybook.boot.bench.BenchRun.Amount;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads ledgers from the first entry to the last, over and over.
 *
 * @param ledgers to read; without any, one is written first
 * @param entries of the ledger that is written first
 * @param entryBytes of each of them
 * @param batch entries asked for with one call
 * @param outstanding calls not answered, over all ledgers
 */
public record ReadBench(
        BenchTarget target,
        List<LedgerId> ledgers,
        int entries,
        int entryBytes,
        int batch,
        int outstanding,
        Duration warmup,
        Duration measured) {
    /** Appends under way while the ledger to be read is written. */
    private static final int WINDOW = 1_000;

    public ReadBench {
        ledgers = List.copyOf(ledgers);
        if (entries < 1 || entryBytes < 0 || batch < 1 || outstanding < 1) {
            throw BenchTarget.wrong("--entries, --batch and --outstanding must be positive and --size not negative.");
        }
    }

    /** Prints the result; a ledger written first is removed again. */
    public void run(PrintStream out) throws InterruptedException {
        try (LedgerClient client = target.connect()) {
            List<LedgerId> written = ledgers.isEmpty() ? List.of(write(client)) : List.of();
            try {
                List<ReadLedger> open = new ArrayList<>();
                for (LedgerId id : ledgers.isEmpty() ? written : ledgers) {
                    open.add(client.open(id, target.password())
                            .toCompletableFuture()
                            .join());
                }
                List<BenchRun.Operation> lanes = new ArrayList<>();
                for (ReadLedger ledger : open) {
                    lanes.add(laneOf(ledger));
                }
                int perLane = Math.max(1, outstanding / lanes.size());
                Measurement result = new BenchRun(warmup, measured).run(lanes, perLane);
                out.print(result.report("call of " + batch + " entries"));
                open.forEach(ReadLedger::close);
            } finally {
                written.forEach(id -> client.delete(id).toCompletableFuture().join());
            }
        }
    }

    private LedgerId write(LedgerClient client) {
        byte[] payload = new byte[entryBytes];
        try (AppendLedger ledger =
                client.create(target.ledgerSpec()).toCompletableFuture().join()) {
            List<CompletableFuture<?>> window = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                window.add(ledger.append(payload).toCompletableFuture());
                if (window.size() == WINDOW) {
                    window.forEach(CompletableFuture::join);
                    window.clear();
                }
            }
            window.forEach(CompletableFuture::join);
            return ledger.id();
        }
    }

    private BenchRun.Operation laneOf(ReadLedger ledger) {
        long last = ledger.lastAddConfirmed();
        if (last < 0) {
            throw BenchTarget.wrong("The ledger " + ledger.id().value() + " has no entry to read.");
        }
        return new Lane(ledger, last, batch);
    }

    /** Where the next call begins; used by one thread. */
    private static final class Lane implements BenchRun.Operation {
        private final ReadLedger ledger;
        private final long last;
        private final int batch;
        private long next;

        Lane(ReadLedger ledger, long last, int batch) {
            this.ledger = ledger;
            this.last = last;
            this.batch = batch;
        }

        @Override
        public CompletionStage<Amount> submit() {
            long from = next;
            long to = Math.min(last, from + batch - 1);
            next = to == last ? 0 : to + 1;
            return ledger.read(from, to).thenApply(Lane::amountOf);
        }

        private static Amount amountOf(List<LedgerEntry> entries) {
            long bytes = 0;
            for (LedgerEntry entry : entries) {
                bytes += entry.payload().length;
            }
            return new Amount(entries.size(), bytes);
        }
    }
}
