package dev.daybook.console.cluster;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads ledgers straight from the metadata service, a page at a time; nothing is kept. Thread-safe. */
public final class LedgerReader {
    private final Asking asking;

    public LedgerReader(Asking asking) {
        this.asking = asking;
    }

    /**
     * One row of a list.
     *
     * @param metadata holding empty if the ledger was deleted in between
     */
    public record Row(LedgerId id, Fact<Optional<LedgerMetadata>> metadata) {}

    /**
     * Part of the list.
     *
     * @param next where the following page starts after; empty on the last page
     */
    public record Page(List<Row> rows, Optional<LedgerId> next) {}

    /** Waits for at most two time limits: one for the ids, one for all metadata together. */
    public Fact<Page> page(Optional<LedgerId> after, int size) {
        Fact<List<LedgerId>> ids =
                asking.ask(admin -> admin.ledgers(after, size + 1)).join();
        return new Fact<>(ids.value().map(found -> page(found, size)), ids.at(), ids.problem());
    }

    private Page page(List<LedgerId> found, int size) {
        List<LedgerId> shown = found.subList(0, Math.min(size, found.size()));
        Optional<LedgerId> next = found.size() > size ? Optional.of(shown.get(shown.size() - 1)) : Optional.empty();
        return new Page(rows(shown), next);
    }

    /** Metadata of a few ledgers, asked at once. */
    public List<Row> rows(List<LedgerId> ids) {
        List<CompletableFuture<Row>> asked = ids.stream()
                .map(id -> ask(id).thenApply(answer -> row(id, answer)))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    public Fact<Optional<Versioned<LedgerMetadata>>> ledger(LedgerId id) {
        return ask(id).join();
    }

    private CompletableFuture<Fact<Optional<Versioned<LedgerMetadata>>>> ask(LedgerId id) {
        return asking.ask((LedgerAdmin admin) -> admin.ledger(id));
    }

    private static Row row(LedgerId id, Fact<Optional<Versioned<LedgerMetadata>>> answer) {
        if (answer.value().isEmpty() || answer.at().isEmpty()) {
            return new Row(id, Fact.unknown(answer.problem().orElse("The reason is unknown.")));
        }
        return new Row(
                id,
                Fact.of(answer.value().get().map(Versioned::value), answer.at().get()));
    }
}
