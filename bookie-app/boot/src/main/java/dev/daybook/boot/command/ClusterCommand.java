package dev.daybook.boot.command;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook cluster}. */
@Command(
        name = "cluster",
        description = "Look after a cluster as a whole.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterCommand.Init.class,
            ClusterFormatCommand.class,
            ClusterCommand.Status.class,
            ClusterRebalanceCommand.class
        })
final class ClusterCommand {
    /** {@code daybook cluster init}. */
    @Command(
            name = "init",
            description = {
                "Create a cluster's root in a metadata service; does nothing if it is there already.",
                "",
                "JSON: type cluster, with uri, created (with --dry-run: wouldCreate)."
            })
    static final class Init extends OperatorCommand {
        @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
        private boolean dryRun;

        @Override
        public Integer call() {
            MetadataAccess access = connection.access();
            boolean created = dryRun ? !MetadataStores.exists(access) : MetadataStores.initialise(access);
            if (output.json()) {
                JsonText.printLine(
                        "cluster", Map.of("uri", access.uri().toString(), dryRun ? "wouldCreate" : "created", created));
            } else if (created) {
                System.out.println((dryRun ? "Would create" : "Created") + " the cluster " + access.uri() + ".");
            } else {
                System.out.println("The cluster " + access.uri() + " exists already.");
            }
            return 0;
        }
    }

    /** {@code daybook cluster status}. */
    @Command(
            name = "status",
            description = {
                "Show a cluster's bookies and whether it repairs itself.",
                "",
                "JSON: type cluster, with uri, instanceId (empty: none), writableBookies, readOnlyBookies, downBookies,"
                        + " autoRecovery, auditor (empty: none), underReplicated (whether any ledger lacks copies)."
            })
    static final class Status extends OperatorCommand {
        @Override
        public Integer call() {
            try (LedgerClient client = connection.client()) {
                LedgerAdmin admin = client.admin();
                List<BookieRecord> bookies = Answers.await(admin.bookies());
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("uri", connection.access().uri().toString());
                facts.put("instanceId", Answers.await(admin.instanceId()).orElse(""));
                facts.put("writableBookies", count(bookies, BookieRecord.State.WRITABLE));
                facts.put("readOnlyBookies", count(bookies, BookieRecord.State.READ_ONLY));
                facts.put("downBookies", count(bookies, BookieRecord.State.DOWN));
                facts.put("autoRecovery", Answers.await(admin.autoRecoveryEnabled()));
                facts.put("auditor", Answers.await(admin.auditor()).orElse(""));
                facts.put(
                        "underReplicated",
                        !Answers.await(admin.underReplicated(1)).isEmpty());
                output.show("cluster", facts);
            }
            return 0;
        }

        private static long count(List<BookieRecord> bookies, BookieRecord.State state) {
            return bookies.stream().filter(bookie -> bookie.state() == state).count();
        }
    }
}
