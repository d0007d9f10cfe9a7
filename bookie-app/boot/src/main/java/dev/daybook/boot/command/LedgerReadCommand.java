package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook ledger read}. Holds two batches at a time. */
@Command(
        name = "read",
        description = {
            "Read the confirmed entries of a ledger, without disturbing its writer.",
            "",
            "JSON: type entry, with ledger, entry, length (payload bytes up to this entry), payload (base64)."
        })
final class LedgerReadCommand extends EntryCommand {
    private static final int BATCH_ENTRIES = 500;
    private static final long BATCH_BYTES = 1 << 20;

    @Option(names = "--from", paramLabel = "ENTRY", description = "First entry. Default: ${DEFAULT-VALUE}.")
    private long from;

    @Option(names = "--to", paramLabel = "ENTRY", description = "Last entry. Default: the last confirmed one.")
    private @Nullable Long to;

    @Option(names = "--recover", description = "Recover and close the ledger first, which stops its writer for good.")
    private boolean recover;

    @Option(names = "--dry-run", description = "With --recover: leave the ledger and its writer as they are.")
    private boolean dryRun;

    @Override
    CompletionStage<ReadLedger> open(LedgerClient client, LedgerPassword secret) {
        return recover && !dryRun ? client.openWithRecovery(ledger, secret) : super.open(client, secret);
    }

    @Override
    void print(ReadLedger open) {
        long confirmed = open.isClosed() ? open.lastAddConfirmed() : Answers.await(open.readLastAddConfirmed());
        copy(open, last(confirmed));
    }

    private long last(long confirmed) {
        if (from < 0 || (to != null && to < from)) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION, "--from must not be negative, and --to must not be less than --from.");
        }
        if (to != null && to > confirmed) {
            throw new RoleRefused(
                    RoleRefused.NOT_FOUND, "The last confirmed entry of ledger " + ledger + " is " + confirmed + ".");
        }
        return to == null ? confirmed : to;
    }

    /** The next batch is under way while one is printed. */
    private void copy(ReadLedger open, long last) {
        if (from > last) {
            return;
        }
        CompletionStage<List<LedgerEntry>> coming = batch(open, from, last);
        while (true) {
            List<LedgerEntry> entries = Answers.await(coming);
            long next = entries.get(entries.size() - 1).id().value() + 1;
            if (next <= last) {
                coming = batch(open, next, last);
            }
            entries.forEach(output::print);
            if (next > last) {
                return;
            }
        }
    }

    private static CompletionStage<List<LedgerEntry>> batch(ReadLedger open, long first, long last) {
        return open.readBatch(first, (int) Math.min(BATCH_ENTRIES, last - first + 1), BATCH_BYTES);
    }
}
