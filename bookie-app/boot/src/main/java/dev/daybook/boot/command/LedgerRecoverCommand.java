package dev.daybook.boot.command;

import dev.daybook.boot.facts.LedgerFacts;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook ledger recover}. */
@Command(
        name = "recover",
        description = {
            "Close a ledger whose writer is gone: its bookies are fenced, so that a writer that still lives can append"
                    + " nothing more, and every entry that was acknowledged is kept. A closed ledger is left alone.",
            "",
            "JSON: type ledger, with what ledger list --long tells, and recovered (false with --dry-run, or if it was"
                    + " closed already)."
        })
final class LedgerRecoverCommand extends OperatorCommand {
    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "LEDGER", converter = LedgerIds.class, description = "Id of the ledger.")
    private LedgerId ledger = new LedgerId(0);

    @Override
    public Integer call() {
        try (LedgerClient client = connection.client()) {
            LedgerMetadata before = Answers.existing(client.admin(), ledger).value();
            boolean recovers = !before.isClosed() && !change.dryRun();
            if (recovers) {
                change.confirm("Close ledger " + ledger + ", which stops its writer for good? Type yes:");
                recover(client, password.of(before));
            }
            Map<String, Object> facts = LedgerFacts.summary(
                    ledger, Answers.existing(client.admin(), ledger).value());
            facts.put("recovered", recovers);
            output.show("ledger", facts);
        }
        return 0;
    }

    private void recover(LedgerClient client, LedgerPassword secret) {
        try (ReadLedger closed = Answers.await(client.openWithRecovery(ledger, secret))) {
            closed.lastAddConfirmed();
        }
    }
}
