package dev.daybook.boot.facts;

import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an auditor says of itself, as names and values. */
public final class AuditFacts {
    private AuditFacts() {}

    public static Map<String, Object> of(AuditorReport report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("auditor", report.auditor());
        facts.put("term", report.term());
        facts.put("electedMillis", report.electedMillis());
        facts.put("reportedMillis", report.reportedMillis());
        facts.put("awaited", report.awaited().stream().map(BookieId::value).toList());
        facts.put("searches", searches(report));
        return facts;
    }

    /** Of those that ran or are planned in the auditor's term. */
    public static List<Map<String, Object>> searches(AuditorReport report) {
        return report.searches().entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, Object> of(Search search, Course course) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("search", SearchNames.of(search));
        facts.put("running", course.isRunning());
        course.begun().ifPresent(millis -> facts.put("begunMillis", millis));
        course.ended().ifPresent(millis -> {
            facts.put("endedMillis", millis);
            facts.put("complete", course.complete());
            facts.put("marked", course.marked());
        });
        course.next().ifPresent(millis -> facts.put("nextMillis", millis));
        return facts;
    }
}
