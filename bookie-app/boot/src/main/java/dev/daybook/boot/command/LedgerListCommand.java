package dev.daybook.boot.command;

import dev.daybook.boot.facts.LedgerFacts;
import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook ledger list}. Holds one page of ledgers at a time. */
@Command(
        name = "list",
        description = {
            "List the cluster's ledgers in the order of their ids.",
            "",
            "JSON: type ledger; with --long or --bookie also state, ensemble, writeQuorum, ackQuorum, lastEntryId,"
                    + " length, createdMillis. With --count: type count, member ledgers."
        })
final class LedgerListCommand extends OperatorCommand {
    private static final int PAGE = 200;

    @Option(
            names = "--after",
            paramLabel = "ID",
            converter = LedgerIds.class,
            description = "Begin behind this ledger.")
    private @Nullable LedgerId after;

    @Option(names = "--limit", paramLabel = "N", description = "List at most so many. Default: all.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = {"-l", "--long"},
            description = "With state, replication and size; reads each ledger's record.")
    private boolean detailed;

    @Option(
            names = "--bookie",
            paramLabel = "ID",
            converter = BookieIds.class,
            description = "Only ledgers of which the bookie has entries or shall get them; implies --long.")
    private @Nullable BookieId bookie;

    @Option(names = "--count", description = "Only count them.")
    private boolean count;

    private long found;

    @Override
    public Integer call() {
        try (LedgerClient client = connection.client()) {
            list(client.admin());
        }
        return 0;
    }

    void list(LedgerAdmin admin) {
        try (ProgressLine progress = output.progress()) {
            if (count) {
                list(admin, facts -> {}, progress);
                progress.end();
                output.show("count", Map.of("ledgers", found));
                return;
            }
            try (Listing listing = listing()) {
                list(admin, listing::add, progress);
            }
        }
    }

    private Listing listing() {
        return withRecords()
                ? new Listing(output, "ledger", "ledger", "state", "ensemble", "writeQuorum", "ackQuorum", "length")
                : new Listing(output, "ledger", "ledger");
    }

    private boolean withRecords() {
        return bookie != null || (detailed && !count);
    }

    private void list(LedgerAdmin admin, FactSink sink, ProgressLine progress) {
        Optional<LedgerId> last = Optional.ofNullable(after);
        long seen = 0;
        while (found < limit) {
            List<LedgerId> page = Answers.await(admin.ledgers(last, (int) Math.min(PAGE, limit - found)));
            if (page.isEmpty()) {
                return;
            }
            if (withRecords()) {
                addRecords(admin, page, sink);
            } else {
                page.forEach(ledger -> sink.add(Map.of("ledger", ledger.value())));
                found += page.size();
            }
            seen += page.size();
            last = Optional.of(page.get(page.size() - 1));
            if (count || bookie != null) {
                progress.show("ledgers", seen, 0, seen + " seen, " + found + " found");
            }
        }
    }

    /** Records of one page are read at once; a ledger that was deleted meanwhile is left out. */
    private void addRecords(LedgerAdmin admin, List<LedgerId> page, FactSink sink) {
        Map<LedgerId, CompletionStage<Optional<Versioned<LedgerMetadata>>>> records = new LinkedHashMap<>();
        page.forEach(ledger -> records.put(ledger, admin.ledger(ledger)));
        records.forEach((ledger, stage) -> Answers.await(stage)
                .map(Versioned::value)
                .filter(this::matches)
                .ifPresent(record -> {
                    found++;
                    sink.add(LedgerFacts.summary(ledger, record));
                }));
    }

    private boolean matches(LedgerMetadata record) {
        return bookie == null
                || record.fragments().stream()
                        .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }

    /** Where found ledgers go. */
    private interface FactSink {
        void add(Map<String, Object> facts);
    }
}
