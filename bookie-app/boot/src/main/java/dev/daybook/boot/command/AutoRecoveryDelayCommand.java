package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook autorecovery delay}. */
@Command(
        name = "delay",
        description = {
            "Have a single lost bookie waited for, for instance while bookies are restarted one after the other, before its"
                    + " ledgers are marked; without a number, show the delay. When a second bookie is lost, nobody waits any"
                    + " longer. Auditors of Apache BookKeeper do the same.",
            "",
            "JSON: type delay, with lostBookieDelaySeconds, changed (with --dry-run: wouldChange)."
        })
final class AutoRecoveryDelayCommand extends OperatorCommand {
    @Parameters(arity = "0..1", paramLabel = "SECONDS", description = "0: ledgers are marked at once.")
    private @Nullable Long seconds;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (seconds != null && seconds < 0) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "The delay must not be negative, was " + seconds + ".");
        }
        try (MetadataStore store = connection.store()) {
            OptionalLong present = Answers.await(store.repairs().lostBookieDelaySeconds());
            long wanted = seconds == null ? present.orElse(0) : seconds;
            boolean changes = seconds != null && (present.isEmpty() || wanted != present.getAsLong());
            if (changes && !dryRun) {
                // Storing the present value again would have the auditor look for lost bookies now.
                Answers.await(store.repairs().setLostBookieDelay(wanted));
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("lostBookieDelaySeconds", wanted);
            facts.put(dryRun ? "wouldChange" : "changed", changes);
            output.show("delay", facts);
        }
        return 0;
    }
}
