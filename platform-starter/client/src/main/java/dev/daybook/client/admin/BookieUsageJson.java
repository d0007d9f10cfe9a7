package dev.daybook.client.admin;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The JSON form of {@link BookieUsage}. Member names are the record components' names, nested as the records are, and
 * {@code bookie} is the id as a string:
 *
 * <pre>{@code
 * {"bookie":"10.0.0.7:3181","state":"WRITABLE","version":"0.1.0","takenAtMillis":1795219200000,"startedAtMillis":...,
 *  "journals":[{"directory":"/data/journal","files":2,"bytes":1048576,"headFile":7,"headOffset":4096,"replayBytes":512}],
 *  "entryLogs":{"count":1,"bytes":1024,"files":[{"id":0,"directory":"/data/ledgers","bytes":1024,"open":true}]},
 *  "writeCache":{"bytes":0,"maxBytes":67108864},"ledgers":3,"entries":1200,
 *  "directories":[{"path":"/data/ledgers","kind":"LEDGER","totalBytes":...,"usedBytes":...,"freeBytes":...,
 *                  "warnRatio":0.9,"fullRatio":0.95,"writable":true,"problem":""}],
 *  "garbage":{"lastSuccessMillis":1795219100000,"problem":"","ledgersDeleted":2,
 *             "directories":[{"path":"/data/ledgers","bytesReclaimed":1073741824,"bytesCopied":4096,"compacting":"",
 *                             "minor":"NOBODY","major":"DISK","damagedLogs":0,"problem":""}]},
 *  "integrity":{"scrubbing":false,"scrubbedBytes":4096,"scrubbedMillis":1795219100000,"damagedPlaces":0,
 *               "unreadableEntries":0,"unreadableLedgers":0,"limboLedgers":0,"problem":""}}
 * }</pre>
 *
 * <p>Readers ignore members they do not know and take a missing number for {@link BookieUsage#UNKNOWN}, so members may
 * be added without a new path. Written by hand because a bookie needs no JSON library for anything else.
 */
public final class BookieUsageJson {
    private final StringBuilder out = new StringBuilder(1024);

    private BookieUsageJson() {}

    public static String write(BookieUsage usage) {
        BookieUsageJson json = new BookieUsageJson();
        json.usage(usage);
        return json.out.toString();
    }

    private void usage(BookieUsage usage) {
        out.append('{');
        text("bookie", usage.bookie().value()).next();
        text("state", usage.state().name()).next();
        text("version", usage.version()).next();
        number("takenAtMillis", usage.takenAtMillis()).next();
        number("startedAtMillis", usage.startedAtMillis()).next();
        array("journals", usage.journals(), this::journal);
        next();
        entryLogs(usage.entryLogs());
        next();
        name("writeCache").append('{');
        number("bytes", usage.writeCache().bytes()).next();
        number("maxBytes", usage.writeCache().maxBytes());
        out.append("},");
        number("ledgers", usage.ledgers()).next();
        number("entries", usage.entries()).next();
        array("directories", usage.directories(), this::directory);
        next();
        garbage(usage.garbage());
        next();
        integrity(usage.integrity());
        out.append('}');
    }

    private void integrity(BookieUsage.Integrity integrity) {
        name("integrity").append('{');
        name("scrubbing").append(integrity.scrubbing());
        next();
        number("scrubbedBytes", integrity.scrubbedBytes()).next();
        number("scrubbedMillis", integrity.scrubbedMillis()).next();
        number("damagedPlaces", integrity.damagedPlaces()).next();
        number("unreadableEntries", integrity.unreadableEntries()).next();
        number("unreadableLedgers", integrity.unreadableLedgers()).next();
        number("limboLedgers", integrity.limboLedgers()).next();
        text("problem", integrity.problem());
        out.append('}');
    }

    private void garbage(BookieUsage.Garbage garbage) {
        name("garbage").append('{');
        number("lastSuccessMillis", garbage.lastSuccessMillis()).next();
        text("problem", garbage.problem()).next();
        number("ledgersDeleted", garbage.ledgersDeleted()).next();
        array("directories", garbage.directories(), this::garbageDirectory);
        out.append('}');
    }

    private void garbageDirectory(BookieUsage.GarbageDirectory directory) {
        out.append('{');
        text("path", directory.path()).next();
        number("bytesReclaimed", directory.bytesReclaimed()).next();
        number("bytesCopied", directory.bytesCopied()).next();
        text("compacting", directory.compacting()).next();
        text("minor", directory.minor().name()).next();
        text("major", directory.major().name()).next();
        number("damagedLogs", directory.damagedLogs()).next();
        text("problem", directory.problem());
        out.append('}');
    }

    private void journal(BookieUsage.Journal journal) {
        out.append('{');
        text("directory", journal.directory()).next();
        number("files", journal.files()).next();
        number("bytes", journal.bytes()).next();
        number("headFile", journal.headFile()).next();
        number("headOffset", journal.headOffset()).next();
        number("replayBytes", journal.replayBytes());
        out.append('}');
    }

    private void entryLogs(BookieUsage.EntryLogs logs) {
        name("entryLogs").append('{');
        number("count", logs.count()).next();
        number("bytes", logs.bytes()).next();
        array("files", logs.files(), this::entryLog);
        out.append('}');
    }

    private void entryLog(BookieUsage.EntryLog log) {
        out.append('{');
        number("id", log.id()).next();
        text("directory", log.directory()).next();
        number("bytes", log.bytes()).next();
        name("open").append(log.open());
        out.append('}');
    }

    private void directory(BookieUsage.Directory directory) {
        out.append('{');
        text("path", directory.path()).next();
        text("kind", directory.kind().name()).next();
        number("totalBytes", directory.totalBytes()).next();
        number("usedBytes", directory.usedBytes()).next();
        number("freeBytes", directory.freeBytes()).next();
        ratio("warnRatio", directory.warnRatio()).next();
        ratio("fullRatio", directory.fullRatio()).next();
        name("writable").append(directory.writable());
        next();
        text("problem", directory.problem());
        out.append('}');
    }

    private <T> void array(String name, List<T> values, Consumer<T> element) {
        name(name).append('[');
        for (Iterator<T> rest = values.iterator(); rest.hasNext(); ) {
            element.accept(rest.next());
            if (rest.hasNext()) {
                next();
            }
        }
        out.append(']');
    }

    private BookieUsageJson text(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    private BookieUsageJson number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** JSON knows neither NaN nor infinity. */
    private BookieUsageJson ratio(String name, double value) {
        if (Double.isFinite(value)) {
            name(name).append(value);
        } else {
            name(name).append(BookieUsage.UNKNOWN);
        }
        return this;
    }

    private StringBuilder name(String name) {
        quoted(name);
        return out.append(':');
    }

    private void next() {
        out.append(',');
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(String.format("%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
