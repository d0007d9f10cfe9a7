package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook cluster format}. */
@Command(
        name = "format",
        description = {
            "Forget all ledgers, cookies, marks and names of a cluster for good, and give it a new instance id, so that no"
                    + " bookie of before can join with its data. Data folders of bookies are left alone: empty them"
                    + " before the bookies start again.",
            "",
            "Refused while a bookie is registered. The cluster's instance id has to be typed, or given with --yes.",
            "",
            "JSON: type cluster, with uri, instanceId (of before), ledgers, cookies, formatted (false with --dry-run),"
                    + " newInstanceId."
        })
final class ClusterFormatCommand extends OperatorCommand {
    private static final int PAGE = 1_000;

    /** To be typed where a cluster has no instance id. */
    private static final String NAMELESS = "format";

    @Option(
            names = {"-y", "--yes"},
            paramLabel = "INSTANCE",
            description = "Do not ask: the instance id of the cluster that is meant, as cluster status tells it.")
    private @Nullable String confirmed;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        MetadataAccess access = connection.access();
        Map<String, Object> facts = new LinkedHashMap<>();
        String instance;
        try (MetadataStore store = MetadataStores.connect(access)) {
            refuseWhileRegistered(store);
            instance = Answers.await(store.instanceId()).orElse("");
            facts.put("uri", access.uri().toString());
            facts.put("instanceId", instance);
            facts.put("ledgers", ledgers(store));
            facts.put("cookies", Answers.await(store.bookieRecords()).size());
        }
        if (!dryRun) {
            confirm(facts, instance.isEmpty() ? NAMELESS : instance);
            facts.put("newInstanceId", MetadataStores.format(access, instance));
        }
        facts.put("formatted", !dryRun);
        output.show("cluster", facts);
        return 0;
    }

    private static void refuseWhileRegistered(MetadataStore store) {
        List<BookieId> registered = Answers.await(store.bookieRecords()).stream()
                .filter(bookie -> bookie.state() != BookieRecord.State.DOWN)
                .map(BookieRecord::id)
                .toList();
        if (!registered.isEmpty()) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "The cluster is not formatted, because bookies are registered: " + registered
                            + "; stop them first.");
        }
    }

    private long ledgers(MetadataStore store) {
        long count = 0;
        Optional<LedgerId> after = Optional.empty();
        try (ProgressLine progress = output.progress()) {
            while (true) {
                List<LedgerId> page = Answers.await(store.ledgers(after, PAGE));
                if (page.isEmpty()) {
                    return count;
                }
                count += page.size();
                after = Optional.of(page.get(page.size() - 1));
                progress.show("ledgers", count, 0, count + " seen");
            }
        }
    }

    private void confirm(Map<String, Object> facts, String expected) {
        if (confirmed == null) {
            ChangeOptions.requireTyped(
                    "Forget " + facts.get("ledgers") + " ledgers and " + facts.get("cookies") + " cookies of "
                            + facts.get("uri") + " for good? Type " + expected + ":",
                    expected);
        } else if (!confirmed.equals(expected)) {
            throw new RoleRefused(
                    RoleRefused.NOT_CONFIRMED,
                    "--yes names \"" + confirmed + "\", but the cluster is \"" + expected
                            + "\", so nothing was changed.");
        }
    }
}
