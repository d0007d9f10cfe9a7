package dev.daybook.client.meta.audit;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A report as lines of text; lines that are not known are passed over. Source: FORMAT.md of this module, section 6. */
final class AuditorReportFormat {
    private static final String HEADER = "daybook-auditor 1";
    private static final String ABSENT = "-";
    private static final int COURSE_WORDS = 6;

    private AuditorReportFormat() {}

    static byte[] serialize(AuditorReport report) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("term ").append(report.term()).append('\n');
        text.append("elected ").append(report.electedMillis()).append('\n');
        text.append("reported ").append(report.reportedMillis()).append('\n');
        text.append("auditor ").append(report.auditor().replaceAll("\\R", " ")).append('\n');
        report.awaited()
                .forEach(bookie -> text.append("awaited ").append(bookie).append('\n'));
        report.searches()
                .forEach((search, course) -> text.append("search ")
                        .append(String.join(
                                " ",
                                search.name(),
                                word(course.begun()),
                                word(course.ended()),
                                course.complete() ? "complete" : "partial",
                                Long.toString(course.marked()),
                                word(course.next())))
                        .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String word(OptionalLong millis) {
        return millis.isPresent() ? Long.toString(millis.getAsLong()) : ABSENT;
    }

    /** @throws LedgerException with {@code METADATA_CORRUPT} */
    static AuditorReport parse(byte[] bytes) {
        try {
            return read(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        } catch (RuntimeException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The auditor's report is unreadable (" + e.getMessage() + ").", e);
        }
    }

    private static AuditorReport read(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException("its first line is not \"" + HEADER + "\"");
        }
        String auditor = "";
        long term = -1;
        long elected = 0;
        long reported = 0;
        Set<BookieId> awaited = new TreeSet<>();
        Map<Search, Course> searches = new EnumMap<>(Search.class);
        for (String line : lines.subList(1, lines.size())) {
            int space = line.indexOf(' ');
            String rest = line.substring(space + 1);
            switch (space < 0 ? "" : line.substring(0, space)) {
                case "auditor" -> auditor = rest;
                case "term" -> term = Long.parseLong(rest);
                case "elected" -> elected = Long.parseLong(rest);
                case "reported" -> reported = Long.parseLong(rest);
                case "awaited" -> awaited.add(new BookieId(rest));
                case "search" -> addSearch(searches, rest.split(" "));
                default -> {
                    // Of a newer version.
                }
            }
        }
        return new AuditorReport(auditor, term, elected, reported, awaited, searches);
    }

    /** A kind of search that is not known is of a newer version. */
    private static void addSearch(Map<Search, Course> searches, String[] words) {
        for (Search search : Search.values()) {
            if (search.name().equals(words[0]) && words.length >= COURSE_WORDS) {
                searches.put(
                        search,
                        new Course(
                                millis(words[1]),
                                millis(words[2]),
                                words[3].equals("complete"),
                                Long.parseLong(words[4]),
                                millis(words[5])));
            }
        }
    }

    private static OptionalLong millis(String word) {
        return word.equals(ABSENT) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
    }
}
