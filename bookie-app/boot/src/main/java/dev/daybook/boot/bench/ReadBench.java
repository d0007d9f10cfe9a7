package dev.daybook.boot.bench;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Reads ledgers.
 *
 * @param ledgers to read; without any, one is written first and removed again
 * @param sample how many of them, chosen by the seed; 0 for all
 * @param entries of the ledger that is written first
 * @param entryBytes of each of them
 * @param batch entries asked for with one call
 */
public record ReadBench(
        BenchTarget target,
        Load load,
        Order order,
        List<LedgerId> ledgers,
        int sample,
        long seed,
        int entries,
        int entryBytes,
        int batch) {
    /** Appends under way while the ledger to be read is written. */
    private static final int WINDOW = 1_000;

    /** The order of reads. */
    public enum Order {
        /** Every ledger from its first entry to its last, over and over, all ledgers at once. */
        SEQUENTIAL,
        /** Calls at random places. */
        RANDOM,
        /** One ledger after another, each once from its first entry to its last, as a reader that catches up. */
        ONCE
    }

    public ReadBench {
        ledgers = List.copyOf(ledgers);
        if (entries < 1 || entryBytes < 0 || batch < 1 || sample < 0) {
            throw BenchTarget.wrong("--entries and --batch must be positive, --size and --sample not negative.");
        }
    }

    public void run(Report report) throws InterruptedException {
        try (LedgerClient client = target.connect()) {
            List<LedgerId> written = ledgers.isEmpty() ? List.of(write(client)) : List.of();
            List<LedgerId> wanted = sampled(ledgers.isEmpty() ? written : ledgers);
            try {
                List<ReadLedger> open = Windowed.all(wanted.size(), i -> client.open(wanted.get(i), target.password()));
                for (ReadLedger ledger : open) {
                    if (ledger.lastAddConfirmed() < 0) {
                        throw BenchTarget.wrong("The ledger " + ledger.id().value() + " has no entry to read.");
                    }
                }
                BenchResult result = switch (order) {
                    case SEQUENTIAL -> BenchRun.run(load, target.processes(), ReadLanes.overAndOver(open, batch));
                    case RANDOM -> BenchRun.run(load, target.processes(), List.of(ReadLanes.random(open, batch, seed)));
                    case ONCE ->
                        BenchRun.run(
                                Load.of(load.outstanding(), ReadLanes.calls(open, batch)),
                                target.processes(),
                                List.of(ReadLanes.once(open, batch)));
                };
                report.result(result, batch == 1 ? "entry" : "call of " + batch + " entries");
                open.forEach(ReadLedger::close);
            } finally {
                Windowed.all(written.size(), i -> client.delete(written.get(i)));
            }
        }
    }

    private List<LedgerId> sampled(List<LedgerId> all) {
        if (sample == 0 || sample >= all.size()) {
            return all;
        }
        List<LedgerId> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        return List.copyOf(shuffled.subList(0, sample));
    }

    private LedgerId write(LedgerClient client) throws InterruptedException {
        Payloads payloads = Payloads.random(entryBytes, seed);
        try (AppendLedger ledger =
                client.create(target.ledgerSpec()).toCompletableFuture().join()) {
            BenchRun.Amount each = new BenchRun.Amount(1, entryBytes);
            BenchRun.run(
                    Load.of(WINDOW, entries),
                    target.processes(),
                    List.of(() -> ledger.append(payloads.get(ledger.length())).thenApply(id -> each)));
            return ledger.id();
        }
    }
}
