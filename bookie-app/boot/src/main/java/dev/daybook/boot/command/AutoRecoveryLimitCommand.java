package dev.daybook.boot.command;

import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.format.RepairLimits;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook autorecovery limit}. */
@Command(
        name = "limit",
        description = {
            "Limit how much all workers of the cluster together do; without an option, show the limits. Each worker takes"
                    + " an equal share, within seconds and without a restart. Workers of other programs know nothing of it.",
            "",
            "JSON: type limits, with bytesPerSecond, ledgersAtOnce (0: no limit), changed; with --dry-run these are the"
                    + " limits that there would be, with presentBytesPerSecond, presentLedgersAtOnce, wouldChange."
        })
final class AutoRecoveryLimitCommand extends OperatorCommand {
    @Option(
            names = "--bytes-per-second",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Read by all repairs together, like 50MB; 0 for no limit.")
    private @Nullable DataSize bytesPerSecond;

    @Option(
            names = "--ledgers",
            paramLabel = "N",
            description = "Ledgers repaired at the same time, all workers together; 0 for no limit.")
    private @Nullable Integer ledgers;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (MetadataStore store = connection.store()) {
            RepairLimits present = Answers.await(store.repairs().limits());
            RepairLimits wanted = wanted(present);
            boolean changes = !wanted.equals(present);
            if (changes && !dryRun) {
                Answers.await(store.repairs().setLimits(wanted));
            }
            Map<String, Object> facts = RepairFacts.of(wanted);
            if (dryRun) {
                facts.put("presentBytesPerSecond", present.bytesPerSecond());
                facts.put("presentLedgersAtOnce", present.ledgersAtOnce());
            }
            facts.put(dryRun ? "wouldChange" : "changed", changes);
            output.show("limits", facts);
        }
        return 0;
    }

    private RepairLimits wanted(RepairLimits present) {
        try {
            return new RepairLimits(
                    bytesPerSecond == null ? present.bytesPerSecond() : bytesPerSecond.toBytes(),
                    ledgers == null ? present.ledgersAtOnce() : ledgers);
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
