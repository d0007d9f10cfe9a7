package dev.daybook.client.meta.audit;

import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an auditor of Daybook tells whoever asks the metadata service. It stays when the auditor goes, so compare its name
 * with the vote.
 *
 * @param auditor whom others see in the vote
 * @param term grows from auditor to auditor
 * @param electedMillis milliseconds since the epoch, as all times here
 * @param reportedMillis when something changed last
 * @param awaited bookies that are away and may come back before their ledgers are marked
 * @param searches of those that ran or are planned in this term
 */
public record AuditorReport(
        String auditor,
        long term,
        long electedMillis,
        long reportedMillis,
        Set<BookieId> awaited,
        Map<Search, Course> searches) {
    public AuditorReport {
        awaited = new TreeSet<>(awaited);
        searches = new EnumMap<>(searches.isEmpty() ? new EnumMap<Search, Course>(Search.class) : searches);
    }

    /**
     * How it stands with one kind of search.
     *
     * @param begun when the last one began; empty if none did in this term
     * @param ended of that one; empty while it runs
     * @param complete whether it looked at all ledgers
     * @param marked ledgers that it marked
     * @param next when the next one is due by itself; empty if none is planned
     */
    public record Course(OptionalLong begun, OptionalLong ended, boolean complete, long marked, OptionalLong next) {
        public static final Course NOTHING =
                new Course(OptionalLong.empty(), OptionalLong.empty(), false, 0, OptionalLong.empty());

        public boolean isRunning() {
            return begun.isPresent() && ended.isEmpty();
        }

        public Course begunAt(long millis) {
            return new Course(OptionalLong.of(millis), OptionalLong.empty(), false, 0, OptionalLong.empty());
        }

        public Course endedAt(long millis, boolean all, long markedLedgers) {
            return new Course(begun, OptionalLong.of(millis), all, markedLedgers, next);
        }

        public Course dueAt(long millis) {
            return new Course(begun, ended, complete, marked, OptionalLong.of(millis));
        }
    }
}
