package dev.daybook.client.meta.job;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which jobs there are: a record that changes together with every job that comes or goes. Source: FORMAT.md of this
 * module, section 5.
 *
 * @param next id of the next job
 * @param jobs ids in ascending order
 */
record JobIndex(long next, List<Long> jobs) {
    static final JobIndex EMPTY = new JobIndex(1, List.of());

    private static final String HEADER = "daybook-jobs 1";

    JobIndex {
        jobs = List.copyOf(jobs);
    }

    /** With a job of the next id, and without some old ones. */
    JobIndex grown(Set<Long> removed) {
        List<Long> more = new ArrayList<>(jobs);
        more.removeAll(removed);
        more.add(next);
        return new JobIndex(next + 1, more);
    }

    byte[] serialize() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("next ").append(next).append('\n');
        jobs.forEach(job -> text.append("job ").append(job).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static JobIndex parse(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        try {
            if (!lines.get(0).equals(HEADER)) {
                throw new IllegalArgumentException("its first line is not \"" + HEADER + "\"");
            }
            long next = Long.parseLong(lines.get(1).substring("next ".length()));
            List<Long> jobs = lines.stream()
                    .skip(2)
                    .map(line -> Long.valueOf(line.substring("job ".length())))
                    .toList();
            return new JobIndex(next, jobs);
        } catch (RuntimeException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT, "The list of jobs is unreadable (" + e.getMessage() + ").", e);
        }
    }
}
