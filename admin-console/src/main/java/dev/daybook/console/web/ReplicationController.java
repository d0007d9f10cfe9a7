package dev.daybook.console.web;

import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.console.view.MarkedRow;
import dev.daybook.console.view.Num;
import dev.daybook.console.view.OverviewPage;
import dev.daybook.console.view.When;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Ledgers that lack copies, and who repairs them. */
@Controller
class ReplicationController {
    /** Rows of the table; their metadata are read for each showing. */
    static final int ROWS_MAX = 100;

    private final ClusterWatch watch;
    private final LedgerReader reader;

    ReplicationController(ClusterWatch watch, LedgerReader reader) {
        this.watch = watch;
        this.reader = reader;
    }

    @GetMapping("/replication")
    String replication(Model model, HttpServletResponse response) {
        ClusterSnapshot snapshot = watch.current();
        if (!snapshot.underReplicated().known()) {
            return Notice.unavailable(
                    model,
                    response,
                    "Under-replicated ledgers",
                    snapshot.underReplicated().problem().orElse(""));
        }
        Instant now = Instant.now();
        List<UnderReplicatedLedger> marks = snapshot.underReplicated().value().orElseThrow();
        List<UnderReplicatedLedger> shown = marks.stream().limit(ROWS_MAX).toList();
        model.addAttribute("rows", rows(snapshot, shown, now));
        model.addAttribute(
                "total",
                marks.size() > ClusterSnapshot.UNDER_REPLICATED_MAX
                        ? Num.atLeast(marks.size())
                        : Num.count(marks.size()));
        model.addAttribute("problem", snapshot.underReplicated().problem().orElse(""));
        model.addAttribute(
                "asOf",
                snapshot.underReplicated().at().map(at -> When.of(at, now)).orElse(null));
        model.addAttribute("auditor", OverviewPage.auditor(snapshot.auditor()));
        model.addAttribute("repair", OverviewPage.repair(snapshot.autoRecovery()));
        return "replication";
    }

    private List<MarkedRow> rows(ClusterSnapshot snapshot, List<UnderReplicatedLedger> marks, Instant now) {
        List<LedgerReader.Row> ledgers =
                reader.rows(marks.stream().map(UnderReplicatedLedger::ledger).toList());
        List<MarkedRow> rows = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            rows.add(MarkedRow.of(marks.get(i), ledgers.get(i), snapshot::presence, now));
        }
        rows.sort(MarkedRow.WORST_FIRST);
        return rows;
    }
}
