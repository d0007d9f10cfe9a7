package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerAdmin;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.concurrent.CompletionStage;

/** What a command waits for. */
final class Answers {
    private Answers() {}

    /** The command line's error report finds the cause of a failure. */
    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** @throws RoleRefused if there is no such ledger */
    static Versioned<LedgerMetadata> existing(LedgerAdmin admin, LedgerId ledger) {
        return await(admin.ledger(ledger)).orElseThrow(() -> noSuchLedger(ledger));
    }

    private static RoleRefused noSuchLedger(LedgerId ledger) {
        return new RoleRefused(RoleRefused.NOT_FOUND, "There is no ledger " + ledger + ".");
    }
}
