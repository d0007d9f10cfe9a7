package dev.daybook.boot.command;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.protocol.model.BookieId;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Taking bookies out of a cluster, and back in: commands below {@code daybook bookie}. */
final class BookieLeaveCommands {
    private BookieLeaveCommands() {}

    /** One that empties a bookie. */
    abstract static class Leaving extends BookieOperation {
        @Mixin
        private JobOptions options = new JobOptions();

        @Option(
                names = "--force",
                description = "Begin although some ledgers have nowhere to go: everything else is moved.")
        private boolean force;

        @Override
        public final Integer call() {
            Evacuation order = order();
            return new JobOrdering(connection, output, options).evacuate(force ? order.byForce() : order);
        }

        abstract Evacuation order();
    }

    /** {@code daybook bookie decommission}. */
    @Command(
            name = "decommission",
            description = {
                "Take a bookie out of the cluster for good, dead or alive: every copy on it is made elsewhere, then its"
                        + " cookie is deleted.",
                "",
                "While it runs, it takes no new entries and serves as a source; its cookie stays until it is stopped and"
                        + " decommissioned once more. Open ledgers of a dead bookie are recovered and closed. The auditor"
                        + " does the work, so 'daybook autorecovery' has to run.",
                "",
                "JSON: type job (members of 'daybook job show'), with --dry-run type plan, with kind, bookie, ledgers,"
                        + " openLedgers, bytes, blocked, refusal (empty: none), blockers, moves."
            })
    static final class Decommission extends Leaving {
        @Option(names = "--keep-cookie", description = "Leave the cookie, so that the id cannot be used anew.")
        private boolean keepCookie;

        @Override
        Evacuation order() {
            Evacuation order = Evacuation.decommission(bookie);
            return keepCookie ? order.keepingCookie() : order;
        }
    }

    /** {@code daybook bookie drain}. */
    @Command(
            name = "drain",
            description = {
                "Move every copy off a bookie, which stays in the cluster and takes no new entries until it is"
                        + " readmitted.",
                "",
                "JSON: type job, with --dry-run type plan, as of decommission."
            })
    static final class Drain extends Leaving {
        @Override
        Evacuation order() {
            return Evacuation.drain(bookie);
        }
    }

    /** {@code daybook bookie replace}. */
    @Command(
            name = "replace",
            description = {
                "Move every copy of one bookie to another one, wherever that has none yet.",
                "",
                "JSON: type job, with --dry-run type plan, as of decommission."
            })
    static final class Replace extends Leaving {
        @Parameters(
                paramLabel = "SUCCESSOR",
                index = "1",
                converter = BookieIds.class,
                description = "Id of the bookie that gets the copies.")
        private BookieId successor = BookieIds.UNSET;

        @Override
        Evacuation order() {
            return Evacuation.replace(bookie, successor);
        }
    }

    /** {@code daybook bookie readmit}. */
    @Command(
            name = "readmit",
            description = {
                "Have a bookie take new entries again that a job has emptied, or began to empty.",
                "",
                "JSON: type bookie, with bookie, changed (with --dry-run: always false)."
            })
    static final class Readmit extends BookieOperation {
        @Option(names = "--dry-run", description = "Change nothing.")
        private boolean dryRun;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store()) {
                boolean changed = !dryRun && Answers.await(new ReadOnlyWishes(store.records()).set(bookie, false));
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("bookie", bookie.value());
                facts.put("changed", changed);
                output.show("bookie", facts);
            }
            return 0;
        }
    }
}
