package dev.daybook.boot.command;

import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook under-replicated}. */
@Command(
        name = "under-replicated",
        description = "Look at ledgers that lack copies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = UnderReplicatedCommand.Ledgers.class)
final class UnderReplicatedCommand {
    private static final int PAGE = 200;

    /** {@code daybook under-replicated list}. Holds one page at a time. */
    @Command(
            name = "list",
            description = {
                "List the ledgers that are marked as lacking copies, in the order of their ids.",
                "",
                "JSON: type ledger, with ledger, missing (bookies; empty: only the placement is wrong), markedMillis,"
                        + " lockedBy (who repairs it now), worker, state and why (what a worker of Daybook says of it). With"
                        + " --count: type count, member ledgers."
            })
    static final class Ledgers extends OperatorCommand {
        @Option(
                names = "--missing",
                paramLabel = "BOOKIE",
                converter = BookieIds.class,
                description = "Only ledgers that lack the copies of this bookie.")
        private @Nullable BookieId missing;

        @Option(
                names = "--not-missing",
                paramLabel = "BOOKIE",
                converter = BookieIds.class,
                description = "Only ledgers that do not lack the copies of this bookie.")
        private @Nullable BookieId notMissing;

        @Option(names = "--count", description = "Only count them.")
        private boolean count;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store()) {
                if (count) {
                    output.show("count", Map.of("ledgers", list(store, marked -> {})));
                    return 0;
                }
                RepairFacts facts =
                        new RepairFacts(Answers.await(store.repairs().workers()));
                try (Listing listing =
                        new Listing(output, "ledger", "ledger", "missing", "markedMillis", "lockedBy", "why")) {
                    list(store, marked -> listing.add(facts.of(marked)));
                }
            }
            return 0;
        }

        private long list(MetadataStore store, Consumer<UnderReplicatedLedger> sink) {
            long found = 0;
            Optional<LedgerId> after = Optional.empty();
            while (true) {
                List<UnderReplicatedLedger> page = Answers.await(store.repairs().marked(after, PAGE));
                if (page.isEmpty()) {
                    return found;
                }
                for (UnderReplicatedLedger marked : page) {
                    if (matches(marked)) {
                        found++;
                        sink.accept(marked);
                    }
                }
                after = Optional.of(page.get(page.size() - 1).ledger());
            }
        }

        private boolean matches(UnderReplicatedLedger marked) {
            return (missing == null || marked.missing().contains(missing))
                    && (notMissing == null || !marked.missing().contains(notMissing));
        }
    }
}
