package dev.daybook.boot.command;

import dev.daybook.boot.facts.LedgerFacts;
import dev.daybook.client.LedgerClient;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook ledger delete}. Looks at all of them before it deletes the first. */
@Command(
        name = "delete",
        description = {
            "Delete ledgers for good; bookies give the space back later.",
            "",
            "JSON: type ledger for each, with what ledger list --long tells, and deleted (false with --dry-run)."
        })
final class LedgerDeleteCommand extends OperatorCommand {
    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(arity = "1..*", paramLabel = "LEDGER", converter = LedgerIds.class, description = "Ids of the ledgers.")
    private List<LedgerId> ledgers = new ArrayList<>();

    @Override
    public Integer call() {
        try (LedgerClient client = connection.client();
                Listing listing = new Listing(output, "ledger", "ledger", "state", "length", "deleted")) {
            Map<LedgerId, LedgerMetadata> records = new LinkedHashMap<>();
            for (LedgerId ledger : ledgers) {
                records.put(ledger, Answers.existing(client.admin(), ledger).value());
            }
            if (!change.dryRun()) {
                change.confirm("Delete " + ledgers.size() + " ledger(s) for good: " + ledgers + "? Type yes:");
            }
            records.forEach((ledger, record) -> {
                if (!change.dryRun()) {
                    Answers.await(client.delete(ledger));
                }
                Map<String, Object> facts = LedgerFacts.summary(ledger, record);
                facts.put("deleted", !change.dryRun());
                listing.add(facts);
            });
        }
        return 0;
    }
}
