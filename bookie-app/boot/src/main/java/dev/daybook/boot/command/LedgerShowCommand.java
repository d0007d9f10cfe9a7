package dev.daybook.boot.command;

import dev.daybook.boot.facts.LedgerFacts;
import dev.daybook.client.LedgerClient;
import dev.daybook.protocol.model.LedgerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daybook ledger show}. */
@Command(
        name = "show",
        description = {
            "Show a ledger's record.",
            "",
            "JSON: type ledger, with ledger, state, ensemble, writeQuorum, ackQuorum, lastEntryId and length (closed"
                    + " ledgers), createdMillis, digest, password (set, empty, not stored), formatVersion, version,"
                    + " custom (base64), fragments (firstEntryId, bookies)."
        })
final class LedgerShowCommand extends OperatorCommand {
    @Parameters(paramLabel = "LEDGER", converter = LedgerIds.class, description = "Id of the ledger.")
    private LedgerId ledger = new LedgerId(0);

    @Override
    public Integer call() {
        try (LedgerClient client = connection.client()) {
            output.show("ledger", LedgerFacts.all(ledger, Answers.existing(client.admin(), ledger)));
        }
        return 0;
    }
}
