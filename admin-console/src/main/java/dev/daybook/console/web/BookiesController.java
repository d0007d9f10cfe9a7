package dev.daybook.console.web;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.console.cluster.BookieFacts;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.view.BookiePage;
import dev.daybook.console.view.BookieRow;
import dev.daybook.protocol.model.BookieId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All bookies, and each of them. */
@Controller
class BookiesController {
    private final ClusterWatch watch;

    BookiesController(ClusterWatch watch) {
        this.watch = watch;
    }

    @GetMapping("/bookies")
    String bookies(
            @RequestParam(required = false) BookieRecord.@Nullable State state,
            Model model,
            HttpServletResponse response) {
        ClusterSnapshot snapshot = watch.current();
        if (!snapshot.bookies().known()) {
            return unavailable(snapshot, "Bookies", model, response);
        }
        Instant now = Instant.now();
        boolean current = snapshot.bookies().current();
        List<BookieRow> rows = snapshot.knownBookies().stream()
                .filter(facts -> state == null || facts.state() == state)
                .map(facts -> BookieRow.of(facts, current, now))
                .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("state", state == null ? "" : state.name());
        model.addAttribute("all", snapshot.knownBookies().size());
        model.addAttribute("writable", snapshot.count(BookieRecord.State.WRITABLE));
        model.addAttribute("readOnly", snapshot.count(BookieRecord.State.READ_ONLY));
        model.addAttribute("down", snapshot.count(BookieRecord.State.DOWN));
        return "bookies";
    }

    @GetMapping("/bookies/{id}")
    String bookie(@PathVariable String id, Model model, HttpServletResponse response) {
        return show(id, model, response);
    }

    /** For ids with characters that do not go into a path. */
    @GetMapping("/bookie")
    String oddBookie(@RequestParam String id, Model model, HttpServletResponse response) {
        return show(id, model, response);
    }

    private String show(String id, Model model, HttpServletResponse response) {
        ClusterSnapshot snapshot = watch.current();
        if (!snapshot.bookies().known()) {
            return unavailable(snapshot, "Bookie", model, response);
        }
        Optional<BookieFacts> facts = BookieId.isValid(id) ? snapshot.bookie(new BookieId(id)) : Optional.empty();
        if (facts.isEmpty()) {
            return Notice.show(
                    model,
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "No such bookie",
                    "No bookie of this" + " name is registered or remembered by a cookie.");
        }
        model.addAttribute("page", BookiePage.of(facts.get(), snapshot.bookies().current(), Instant.now()));
        return "bookie";
    }

    private static String unavailable(
            ClusterSnapshot snapshot, String title, Model model, HttpServletResponse response) {
        return Notice.unavailable(
                model, response, title, snapshot.metadataProblem().orElse(""));
    }
}
