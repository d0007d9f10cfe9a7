package dev.daybook.boot.bench;

import dev.daybook.boot.bench.BenchRun.Amount;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.LedgerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends entries of one size, going round the ledgers.
 *
 * @param randomSeed of the payload's bytes; absent: zeros
 * @param touch whether every ledger gets one entry before the warm-up: a ledger's first entry costs more than others
 * @param after what becomes of the ledgers
 * @param ledgersFile gets the ids of ledgers that stay
 */
public record WriteBench(
        BenchTarget target,
        Load load,
        int entryBytes,
        Optional<Long> randomSeed,
        int ledgers,
        boolean touch,
        After after,
        Optional<Path> ledgersFile) {
    /** What becomes of the ledgers. */
    public enum After {
        DELETE,
        CLOSE,
        LEAVE_OPEN
    }

    public WriteBench {
        if (entryBytes < 0) {
            throw BenchTarget.wrong("--size must not be negative, was " + entryBytes + ".");
        }
        if (ledgers < 1) {
            throw BenchTarget.wrong("--ledgers must be positive, was " + ledgers + ".");
        }
        if (ledgersFile.isPresent() && after == After.DELETE) {
            throw BenchTarget.wrong("--ledgers-file needs ledgers that stay; add --keep.");
        }
    }

    public void run(Report report) throws InterruptedException {
        Payloads payloads =
                randomSeed.map(seed -> Payloads.random(entryBytes, seed)).orElseGet(() -> Payloads.zeros(entryBytes));
        try (LedgerClient client = target.connect()) {
            List<AppendLedger> open = Windowed.all(ledgers, i -> client.create(target.ledgerSpec()));
            if (touch) {
                Windowed.all(open.size(), i -> open.get(i).append(payloads.get(i)));
            }
            Amount each = new Amount(1, entryBytes);
            AtomicLong number = new AtomicLong();
            List<BenchRun.Operation> lanes = new ArrayList<>();
            for (AppendLedger ledger : open) {
                lanes.add(() ->
                        ledger.append(payloads.get(number.getAndIncrement())).thenApply(id -> each));
            }
            try {
                report.result(BenchRun.run(load, target.processes(), lanes), "entry");
            } finally {
                finish(client, open, report);
            }
        }
    }

    private void finish(LedgerClient client, List<AppendLedger> open, Report report) throws InterruptedException {
        List<LedgerId> ids = open.stream().map(AppendLedger::id).toList();
        try {
            if (after != After.LEAVE_OPEN) {
                Windowed.all(open.size(), i -> open.get(i).closeLedger());
            }
            if (after == After.DELETE) {
                Windowed.all(ids.size(), i -> client.delete(ids.get(i)));
            }
        } catch (LedgerException e) {
            report.line("Not all ledgers were closed: " + e.getMessage());
        }
        if (ledgersFile.isPresent()) {
            LedgerFile.write(ledgersFile.get(), ids);
        } else if (after != After.DELETE) {
            StringBuilder text = new StringBuilder("ledgers   ");
            ids.forEach(id -> text.append(" --ledger ").append(id.value()));
            report.line(text.toString());
        }
    }
}
