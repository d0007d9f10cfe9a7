package dev.daybook.console.web;

import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.view.OverviewPage;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The verdict and what it rests on. */
@Controller
class OverviewController {
    private final ClusterWatch watch;

    OverviewController(ClusterWatch watch) {
        this.watch = watch;
    }

    /** Answers 503 as long as there is nothing to show, not even something old. */
    @GetMapping("/")
    String overview(Model model, HttpServletResponse response) {
        ClusterSnapshot snapshot = watch.current();
        if (!snapshot.bookies().known()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        model.addAttribute("page", OverviewPage.of(snapshot, Instant.now()));
        return "overview";
    }
}
