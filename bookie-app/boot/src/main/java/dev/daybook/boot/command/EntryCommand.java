package dev.daybook.boot.command;

import dev.daybook.client.LedgerClient;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that prints entries of one ledger. */
abstract class EntryCommand implements Callable<Integer> {
    @Mixin
    EntryOutput output = new EntryOutput();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Parameters(paramLabel = "LEDGER", converter = LedgerIds.class, description = "Id of the ledger.")
    LedgerId ledger = new LedgerId(0);

    @Override
    public final Integer call() {
        try (LedgerClient client = connection.client()) {
            LedgerPassword secret =
                    password.of(Answers.existing(client.admin(), ledger).value());
            try (ReadLedger open = Answers.await(open(client, secret))) {
                print(open);
            }
        } finally {
            System.out.flush();
        }
        return 0;
    }

    /** Leaves the ledger's writer in peace. */
    CompletionStage<ReadLedger> open(LedgerClient client, LedgerPassword secret) {
        return client.open(ledger, secret);
    }

    abstract void print(ReadLedger open);
}
