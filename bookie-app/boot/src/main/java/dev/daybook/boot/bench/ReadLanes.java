package dev.daybook.boot.bench;

import dev.daybook.boot.bench.BenchRun.Amount;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.ReadLedger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/** The orders in which entries are asked for. A lane is used by one thread. */
final class ReadLanes {
    private ReadLanes() {}

    /** A lane for each ledger, from the first entry to the last and again. */
    static List<BenchRun.Operation> overAndOver(List<ReadLedger> ledgers, int batch) {
        return ledgers.stream()
                .<BenchRun.Operation>map(ledger -> new Walk(List.of(ledger), batch))
                .toList();
    }

    /** Through all ledgers in turn; the caller ends it after {@link #calls} calls. */
    static BenchRun.Operation once(List<ReadLedger> ledgers, int batch) {
        return new Walk(ledgers, batch);
    }

    static long calls(List<ReadLedger> ledgers, int batch) {
        long calls = 0;
        for (ReadLedger ledger : ledgers) {
            calls += ledger.lastAddConfirmed() / batch + 1;
        }
        return calls;
    }

    /** A random ledger, and in it a random run of entries. */
    static BenchRun.Operation random(List<ReadLedger> ledgers, int batch, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        return () -> {
            ReadLedger ledger = ledgers.get(dice.nextInt(ledgers.size()));
            long from = dice.nextLong(Math.max(1, ledger.lastAddConfirmed() - batch + 2));
            return read(ledger, from, batch);
        };
    }

    private static final class Walk implements BenchRun.Operation {
        private final List<ReadLedger> ledgers;
        private final int batch;
        private int ledger;
        private long next;

        Walk(List<ReadLedger> ledgers, int batch) {
            this.ledgers = ledgers;
            this.batch = batch;
        }

        @Override
        public CompletionStage<Amount> submit() {
            ReadLedger current = ledgers.get(ledger);
            long from = next;
            next += batch;
            if (next > current.lastAddConfirmed()) {
                next = 0;
                ledger = (ledger + 1) % ledgers.size();
            }
            return read(current, from, batch);
        }
    }

    private static CompletionStage<Amount> read(ReadLedger ledger, long from, int batch) {
        long to = Math.min(ledger.lastAddConfirmed(), from + batch - 1);
        return ledger.read(from, to).thenApply(ReadLanes::amountOf);
    }

    private static Amount amountOf(List<LedgerEntry> entries) {
        long bytes = 0;
        for (LedgerEntry entry : entries) {
            bytes += entry.payload().length;
        }
        return new Amount(entries.size(), bytes);
    }
}
