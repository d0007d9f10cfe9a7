package dev.daybook.boot.command;

import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook ledger tail}. */
@Command(
        name = "tail",
        description = {
            "Print a ledger's entries as they are confirmed, until it is closed.",
            "",
            "JSON: type entry, as of ledger read; at the end of the ledger type end, with ledger and lastEntryId."
        })
final class LedgerTailCommand extends EntryCommand {
    private static final Duration WAIT = Duration.ofSeconds(2);

    @Option(
            names = "--from",
            paramLabel = "ENTRY",
            description = "First entry. Default: the one behind the last confirmed entry.")
    private @Nullable Long from;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "Stop when nothing came for so long. Default: wait for ever.")
    private @Nullable Integer idleSeconds;

    @Override
    void print(ReadLedger open) {
        follow(open, from == null ? Answers.await(open.readLastAddConfirmed()) + 1 : from);
    }

    private void follow(ReadLedger open, long first) {
        long next = first;
        long quietSince = System.nanoTime();
        while (true) {
            TailResult result = Answers.await(open.awaitEntry(next, WAIT));
            if (result instanceof TailResult.Arrived arrived) {
                output.print(arrived.entry());
                System.out.flush();
                next++;
                quietSince = System.nanoTime();
            } else if (result instanceof TailResult.EndOfLedger end) {
                output.end(ledger, end.lastAddConfirmed());
                return;
            } else if (idleSeconds != null
                    && System.nanoTime() - quietSince
                            >= Duration.ofSeconds(idleSeconds).toNanos()) {
                return;
            }
        }
    }
}
