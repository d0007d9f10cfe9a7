package dev.daybook.console.web;

import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.FragmentRisk.Level;
import dev.daybook.console.cluster.LedgerReader;
import dev.daybook.console.cluster.MarkedLedgers;
import dev.daybook.console.cluster.RatedMark;
import dev.daybook.console.cluster.RepairSnapshot;
import dev.daybook.console.cluster.RepairWatch;
import dev.daybook.console.cluster.WorkerWords;
import dev.daybook.console.view.MarkedFilter;
import dev.daybook.console.view.MarkedRow;
import dev.daybook.console.view.Num;
import dev.daybook.console.view.OverviewPage;
import dev.daybook.console.view.Rung;
import dev.daybook.console.view.TrendView;
import dev.daybook.console.view.When;
import dev.daybook.protocol.model.BookieId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Ledgers that lack copies, and who repairs them. */
@Controller
class ReplicationController {
    /** Rows of the table; their metadata are read for each showing. */
    static final int ROWS_MAX = 100;

    private final ClusterWatch watch;
    private final RepairWatch repair;
    private final LedgerReader reader;

    ReplicationController(ClusterWatch watch, RepairWatch repair, LedgerReader reader) {
        this.watch = watch;
        this.repair = repair;
        this.reader = reader;
    }

    /**
     * @param copies shows one step of the risk ladder
     * @param missing shows what this bookie's loss is the reason for
     * @param page from 1 on
     */
    @GetMapping("/replication")
    String replication(
            @RequestParam(defaultValue = "") String copies,
            @RequestParam(defaultValue = "") String missing,
            @RequestParam(defaultValue = "1") String page,
            Model model,
            HttpServletResponse response) {
        RepairSnapshot seen = repair.latest();
        if (!seen.marked().known()) {
            return Notice.unavailable(
                    model,
                    response,
                    "Under-replicated ledgers",
                    seen.marked().problem().orElse(""));
        }
        Optional<Level> level = Rung.level(copies);
        boolean understood = (copies.isEmpty() || level.isPresent())
                && (missing.isEmpty() || BookieId.isValid(missing))
                && page.matches("[1-9][0-9]{0,5}");
        if (!understood) {
            return Notice.show(
                    model,
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Request not understood",
                    "The address asks for a page, a bookie or a number of copies that cannot be.");
        }
        ClusterSnapshot snapshot = watch.current();
        MarkedLedgers marked = seen.marked().value().orElseThrow();
        Optional<BookieId> lost = missing.isEmpty() ? Optional.empty() : Optional.of(new BookieId(missing));
        List<RatedMark> chosen = marked.only(level, lost);
        int number = Integer.parseInt(page);
        int from = Math.min(chosen.size(), (number - 1) * ROWS_MAX);
        int to = Math.min(chosen.size(), from + ROWS_MAX);
        Instant now = Instant.now();
        model.addAttribute("rows", rows(snapshot, seen, chosen.subList(from, to), now));
        model.addAttribute("total", TrendView.marked(seen.marked()));
        model.addAttribute("chosen", Num.count(chosen.size()));
        model.addAttribute("rungs", Rung.of(marked));
        model.addAttribute("filter", new MarkedFilter(copies, missing, number));
        model.addAttribute("pages", Math.max(1, (chosen.size() + ROWS_MAX - 1) / ROWS_MAX));
        model.addAttribute("trend", TrendView.of(seen, now));
        model.addAttribute("problem", seen.marked().problem().orElse(""));
        model.addAttribute(
                "asOf", seen.marked().at().map(at -> When.of(at, now)).orElse(null));
        model.addAttribute("auditor", OverviewPage.auditor(snapshot.auditor()));
        model.addAttribute("repair", OverviewPage.repair(snapshot.autoRecovery()));
        return "replication";
    }

    private List<MarkedRow> rows(ClusterSnapshot snapshot, RepairSnapshot seen, List<RatedMark> marks, Instant now) {
        WorkerWords words = new WorkerWords(seen.workers().value().orElse(List.of()));
        List<LedgerReader.Row> ledgers =
                reader.rows(marks.stream().map(rated -> rated.mark().ledger()).toList());
        List<MarkedRow> rows = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            String why = words.of(marks.get(i).mark().ledger()).orElse("");
            rows.add(MarkedRow.of(marks.get(i).mark(), ledgers.get(i), snapshot::presence, why, now));
        }
        rows.sort(MarkedRow.WORST_FIRST);
        return rows;
    }
}
