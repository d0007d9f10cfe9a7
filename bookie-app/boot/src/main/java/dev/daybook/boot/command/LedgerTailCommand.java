package dev.daybook.boot.command;

import dev.daybook.client.LedgerClient;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook ledger tail}. */
@Command(
        name = "tail",
        description = {
            "Print a ledger's entries as they are confirmed, until it is closed.",
            "",
            "JSON: type entry, as of ledger read; at the end of the ledger type end, with ledger and lastEntryId."
        })
final class LedgerTailCommand implements Callable<Integer> {
    private static final Duration WAIT = Duration.ofSeconds(2);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private EntryOutput output = new EntryOutput();

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Parameters(paramLabel = "LEDGER", converter = LedgerIds.class, description = "Id of the ledger.")
    private LedgerId ledger = new LedgerId(0);

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
    public Integer call() {
        try (LedgerClient client = connection.client()) {
            LedgerPassword secret =
                    password.of(Answers.existing(client.admin(), ledger).value());
            try (ReadLedger open = Answers.await(client.open(ledger, secret))) {
                follow(open, from == null ? Answers.await(open.readLastAddConfirmed()) + 1 : from);
            }
        }
        return 0;
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
