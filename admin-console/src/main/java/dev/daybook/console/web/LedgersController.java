package dev.daybook.console.web;

import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.Fact;
import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.console.view.LedgerPage;
import dev.daybook.console.view.LedgerRow;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Ledgers by page and by id. */
@Controller
class LedgersController {
    /** Few enough to read all their metadata at once without crowding the metadata service. */
    static final int PAGE_SIZE = 50;

    private final LedgerReader reader;
    private final ClusterWatch watch;

    LedgersController(LedgerReader reader, ClusterWatch watch) {
        this.reader = reader;
        this.watch = watch;
    }

    /**
     * @param after shows ledgers above this id
     * @param id what somebody looks for
     */
    @GetMapping("/ledgers")
    String ledgers(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String id,
            Model model,
            HttpServletResponse response) {
        if (id != null && !id.isBlank()) {
            return find(id, model, response);
        }
        Optional<LedgerId> start = after == null || after.isBlank() ? Optional.empty() : parse(after);
        if (start.isEmpty() && after != null && !after.isBlank()) {
            return notAnId(model, response);
        }
        Fact<LedgerReader.Page> answer = reader.page(start, PAGE_SIZE);
        if (answer.value().isEmpty()) {
            return Notice.unavailable(
                    model, response, "Ledgers", answer.problem().orElse(""));
        }
        LedgerReader.Page page = answer.value().get();
        Instant now = Instant.now();
        model.addAttribute(
                "rows", page.rows().stream().map(row -> LedgerRow.of(row, now)).toList());
        model.addAttribute("after", start.map(LedgerId::toString).orElse(""));
        model.addAttribute("next", page.next().map(LedgerId::toString).orElse(""));
        return "ledgers";
    }

    @GetMapping("/ledgers/{id}")
    String ledger(@PathVariable String id, Model model, HttpServletResponse response) {
        Optional<LedgerId> ledger = parse(id);
        if (ledger.isEmpty()) {
            return notAnId(model, response);
        }
        Fact<Optional<Versioned<LedgerMetadata>>> answer = reader.ledger(ledger.get());
        if (answer.value().isEmpty()) {
            return Notice.unavailable(
                    model, response, "Ledger " + ledger.get(), answer.problem().orElse(""));
        }
        if (answer.value().get().isEmpty()) {
            return Notice.show(
                    model,
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "No such ledger",
                    "There is no ledger " + ledger.get() + ": it was deleted or never created.");
        }
        ClusterSnapshot snapshot = watch.current();
        model.addAttribute(
                "page", LedgerPage.of(ledger.get(), answer.value().get().get(), snapshot::presence, Instant.now()));
        return "ledger";
    }

    private static String find(String id, Model model, HttpServletResponse response) {
        return parse(id).map(found -> "redirect:/ledgers/" + found).orElseGet(() -> notAnId(model, response));
    }

    private static String notAnId(Model model, HttpServletResponse response) {
        return Notice.show(
                model,
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "Not a ledger id",
                "A ledger id is a whole number from 0 to 9223372036854775807.");
    }

    private static Optional<LedgerId> parse(String text) {
        try {
            return Optional.of(LedgerId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
