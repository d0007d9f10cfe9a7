package dev.daybook.boot.command;

import dev.daybook.boot.facts.BookieFacts;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.meta.BookieRecord;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code daybook bookie info}. */
@Command(
        name = "info",
        description = {
            "Show one bookie and how full its disks are, as it says itself.",
            "",
            "JSON: type bookie, with bookie, state, endpoints, properties, and of a running bookie totalBytes, freeBytes."
        })
final class BookieInfoCommand extends BookieOperation {
    @Override
    public Integer call() {
        try (LedgerClient client = connection.client()) {
            BookieRecord record = Answers.await(client.admin().bookies()).stream()
                    .filter(one -> one.id().equals(bookie))
                    .findAny()
                    .orElseThrow(() -> new RoleRefused(
                            RoleRefused.NOT_FOUND, "No bookie " + bookie + " ever joined the cluster."));
            Map<String, Object> facts = BookieFacts.of(record);
            if (record.state() != BookieRecord.State.DOWN) {
                DiskUsage disks = Answers.await(client.admin().diskUsage(bookie));
                facts.put("totalBytes", disks.totalBytes());
                facts.put("freeBytes", disks.freeBytes());
            }
            output.show("bookie", facts);
        }
        return 0;
    }
}
