package dev.daybook.console.web;

import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.RepairWatch;
import dev.daybook.console.view.RecoveryPage;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who looks for missing copies, who makes them, and how that goes on. */
@Controller
class RecoveryController {
    private final ClusterWatch cluster;
    private final RepairWatch repair;

    RecoveryController(ClusterWatch cluster, RepairWatch repair) {
        this.cluster = cluster;
        this.repair = repair;
    }

    @GetMapping("/recovery")
    String recovery(Model model) {
        model.addAttribute("page", RecoveryPage.of(cluster.current(), repair.latest(), Instant.now()));
        return "recovery";
    }
}
