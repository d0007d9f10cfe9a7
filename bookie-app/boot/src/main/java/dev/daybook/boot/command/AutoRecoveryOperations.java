package dev.daybook.boot.command;

import dev.daybook.boot.facts.AuditTrigger;
import dev.daybook.boot.facts.SearchNames;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.core.audit.Search;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What operators do with repair, whoever runs it: the commands below {@code daybook autorecovery}. */
final class AutoRecoveryOperations {
    private AutoRecoveryOperations() {}

    /** A command that can say what it would do. */
    private abstract static class Change extends OperatorCommand {
        @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
        boolean dryRun;
    }

    /** What the two positions of the switch have in common. */
    private abstract static class Switch extends Change {
        private final boolean enabled;

        Switch(boolean enabled) {
            this.enabled = enabled;
        }

        @Override
        public final Integer call() {
            try (MetadataStore store = connection.store()) {
                boolean changed = dryRun
                        ? Answers.await(store.repairs().enabled()) != enabled
                        : Answers.await(store.repairs().setEnabled(enabled));
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("enabled", enabled != (dryRun && changed));
                facts.put(dryRun ? "wouldChange" : "changed", changed);
                output.show("autorecovery", facts);
            }
            return 0;
        }
    }

    /** {@code daybook autorecovery on}. */
    @Command(
            name = "on",
            description = {
                "Switch repair on for the whole cluster.",
                "",
                "JSON: type autorecovery, with enabled, changed (with --dry-run: wouldChange)."
            })
    static final class On extends Switch {
        On() {
            super(true);
        }
    }

    /** {@code daybook autorecovery off}. */
    @Command(
            name = "off",
            description = {
                "Switch repair off for the whole cluster, for instance before all bookies are restarted.",
                "",
                "JSON: type autorecovery, with enabled, changed (with --dry-run: wouldChange)."
            })
    static final class Off extends Switch {
        Off() {
            super(false);
        }
    }

    /** {@code daybook autorecovery trigger}. */
    @Command(
            name = "trigger",
            description = {
                "Have the auditor look for lost bookies now, or make another search through all ledgers.",
                "",
                "Official auditors look for lost bookies at once, and make the other searches when they are elected next.",
                "",
                "JSON: type autorecovery, with auditor, search, triggered (false with --dry-run)."
            })
    static final class Trigger extends Change {
        @Option(
                names = "--search",
                paramLabel = "SEARCH",
                converter = Searches.class,
                completionCandidates = Searches.Names.class,
                defaultValue = "lost-bookies",
                description =
                        "lost-bookies; missing-copies, which asks bookies for some of their copies; replicas, which"
                                + " asks them for every copy of every entry; or placement. Default: lost-bookies.")
        private Search search = Search.LOST_BOOKIES;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store()) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("auditor", auditorAtWork(store.repairs()));
                facts.put("search", SearchNames.of(search));
                if (!dryRun) {
                    Answers.await(AuditTrigger.pull(store.repairs(), search, System.currentTimeMillis()));
                }
                facts.put("triggered", !dryRun);
                output.show("autorecovery", facts);
            }
            return 0;
        }

        private static String auditorAtWork(RepairStore repairs) {
            if (!Answers.await(repairs.enabled())) {
                throw new RoleRefused(
                        RoleRefused.CONFIGURATION,
                        "Repair is switched off, so nobody would look: switch it on with 'daybook autorecovery on'.");
            }
            return Answers.await(repairs.auditor())
                    .orElseThrow(() -> new RoleRefused(
                            RoleRefused.NOT_FOUND,
                            "No auditor is elected: run 'daybook autorecovery', or bookies that take part in repair."));
        }
    }
}
