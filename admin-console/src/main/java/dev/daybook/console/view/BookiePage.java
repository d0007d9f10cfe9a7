package dev.daybook.console.view;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.console.cluster.BookieFacts;
import dev.daybook.console.cluster.DiskFill;
import dev.daybook.protocol.model.BookieEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one bookie.
 *
 * @param row what the list shows of it
 * @param lastUp when the console last saw it registered
 * @param entryLogsHidden files that exist but are not in the table
 */
public record BookiePage(
        BookieRow row,
        boolean up,
        @Nullable When lastUp,
        @Nullable When startedAt,
        String version,
        Num writeCache,
        Num writeCacheMax,
        List<Endpoint> endpoints,
        List<Property> properties,
        List<Directory> directories,
        List<Journal> journals,
        List<EntryLog> entryLogs,
        Num entryLogsHidden) {
    /** Rows of the entry-log table; the newest come first. */
    private static final int ENTRY_LOGS_MAX = 200;

    /** An address it advertises. */
    public record Endpoint(String id, String protocol, String address, String auth) {}

    /** A property it advertises. */
    public record Property(String key, Foreign value) {}

    /** A directory with its disk. */
    public record Directory(
            String path, String kind, @Nullable Bar bar, Mark state, String problem) {}

    /** A journal. */
    public record Journal(String directory, Num files, Num bytes, String head, Num replay) {}

    /** An entry log file. */
    public record EntryLog(String id, String directory, Num bytes, boolean open) {}

    public static BookiePage of(BookieFacts facts, boolean current, Instant now) {
        BookieUsage usage = facts.usage().value().orElse(null);
        List<BookieUsage.EntryLog> files = usage == null
                ? List.of()
                : usage.entryLogs().files().stream().limit(ENTRY_LOGS_MAX).toList();
        return new BookiePage(
                BookieRow.of(facts, current, now),
                facts.up(),
                facts.lastUp().map(at -> When.of(at, now)).orElse(null),
                usage == null || usage.startedAtMillis() < 0 ? null : When.ofMillis(usage.startedAtMillis(), now),
                usage == null ? "" : Foreign.text(usage.version()).text(),
                usage == null ? Num.UNKNOWN : Num.bytes(usage.writeCache().bytes()),
                usage == null ? Num.UNKNOWN : Num.bytes(usage.writeCache().maxBytes()),
                facts.service().endpoints().stream().map(BookiePage::endpoint).toList(),
                new TreeMap<>(facts.service().properties())
                        .entrySet().stream()
                                .map(e -> new Property(
                                        Foreign.text(e.getKey()).text(), Foreign.value(e.getKey(), e.getValue())))
                                .toList(),
                usage == null
                        ? List.of()
                        : usage.directories().stream()
                                .map(BookiePage::directory)
                                .toList(),
                usage == null
                        ? List.of()
                        : usage.journals().stream().map(BookiePage::journal).toList(),
                files.stream().map(BookiePage::entryLog).toList(),
                Num.count(usage == null ? 0 : Math.max(0, usage.entryLogs().count() - files.size())));
    }

    private static Endpoint endpoint(BookieEndpoint endpoint) {
        return new Endpoint(
                Foreign.text(endpoint.id()).text(),
                Foreign.text(endpoint.protocol()).text(),
                Foreign.text(endpoint.host()).text() + ":" + endpoint.port(),
                Foreign.text(String.join(", ", endpoint.auth())).text());
    }

    private static Directory directory(BookieUsage.Directory directory) {
        return new Directory(
                Foreign.text(directory.path()).text(),
                directory.kind().name().toLowerCase(Locale.ROOT),
                DiskFill.of(directory).map(Bar::of).orElse(null),
                directory.writable() ? new Mark("ok", "writable") : new Mark("bad", "not writable"),
                Foreign.text(directory.problem()).text());
    }

    private static Journal journal(BookieUsage.Journal journal) {
        return new Journal(
                Foreign.text(journal.directory()).text(),
                Num.count(journal.files()),
                Num.bytes(journal.bytes()),
                journal.headFile() < 0
                        ? "unknown"
                        : "file " + journal.headFile() + ", byte "
                                + Num.count(journal.headOffset()).text(),
                Num.bytes(journal.replayBytes()));
    }

    private static EntryLog entryLog(BookieUsage.EntryLog file) {
        return new EntryLog(
                Long.toString(file.id()), Foreign.text(file.directory()).text(), Num.bytes(file.bytes()), file.open());
    }
}
