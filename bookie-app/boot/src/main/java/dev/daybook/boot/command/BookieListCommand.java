package dev.daybook.boot.command;

import dev.daybook.boot.facts.BookieFacts;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.meta.BookieRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook bookie list}. */
@Command(
        name = "list",
        description = {
            "List every bookie that has a registration or a cookie.",
            "",
            "JSON: type bookie, with bookie, state (WRITABLE, READ_ONLY, DOWN), endpoints, properties."
        })
final class BookieListCommand extends OperatorCommand {
    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only bookies in this state: one of ${COMPLETION-CANDIDATES}.")
    private BookieRecord.@Nullable State state;

    @Override
    public Integer call() {
        try (LedgerClient client = connection.client();
                Listing listing = new Listing(output, "bookie", "bookie", "state", "endpoints")) {
            Answers.await(client.admin().bookies()).stream()
                    .filter(bookie -> state == null || bookie.state() == state)
                    .map(BookieFacts::of)
                    .forEach(listing::add);
        }
        return 0;
    }
}
