package dev.daybook.tools.inspect;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.disk.ReadOnlyDisk;
import dev.daybook.storage.journal.InspectionVisitor;
import dev.daybook.storage.journal.JournalFile;
import dev.daybook.storage.journal.JournalInspection;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Shows one journal directory. */
final class JournalShow implements InspectionVisitor {
    private final ReadOnlyDisk disk;
    private final InspectionOptions options;
    private final InspectionSink sink;
    private Optional<JournalFile> file = Optional.empty();
    private long records;

    private JournalShow(ReadOnlyDisk disk, InspectionOptions options, InspectionSink sink) {
        this.disk = disk;
        this.options = options;
        this.sink = sink;
    }

    static void show(ReadOnlyDisk disk, InspectionOptions options, InspectionSink sink) throws IOException {
        sink.summary(Facts.of("journal", disk.path()).map());
        JournalInspection.inspect(disk, new JournalShow(disk, options, sink));
    }

    @Override
    public void file(JournalFile next) {
        file = Optional.of(next);
        records = 0;
        if (!next.hasHeader()) {
            sink.summary(Facts.of("file", next.name())
                    .with("bytes", next.bytes())
                    .with("state", "made ahead, or without valid header")
                    .map());
        }
    }

    @Override
    public void record(
            JournalPosition position, long sequence, long syncedEnd, int bytes, JournalRecord<EntryBytes> fact) {
        records++;
        long entryId = fact instanceof JournalRecord.Entry<EntryBytes> entry ? entry.entryId() : -1;
        if (!options.wants(fact.ledgerId(), entryId)) {
            return;
        }
        Facts facts = Facts.of("at", position.toString())
                .with("seq", sequence)
                .with("synced", syncedEnd)
                .with("fact", kindOf(fact))
                .with("ledger", fact.ledgerId());
        if (fact instanceof JournalRecord.Entry<EntryBytes> entry) {
            facts.with("entry", entry.entryId()).with("lac", entry.lac());
        } else if (fact instanceof JournalRecord.ExplicitLac<EntryBytes> lac) {
            facts.with("lac", lac.lac());
        } else if (fact instanceof JournalRecord.Delete<EntryBytes> delete) {
            facts.with("millis", delete.deletedMillis());
        } else if (fact instanceof JournalRecord.Limbo<EntryBytes> limbo) {
            facts.with("on", limbo.inLimbo());
        }
        facts.with("bytes", bytes);
        contentOf(fact)
                .filter(content -> options.hex())
                .ifPresent(content -> facts.with("hex", HexFormat.of().formatHex(content)));
        sink.record(facts.map());
    }

    private static String kindOf(JournalRecord<EntryBytes> fact) {
        return fact.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<byte[]> contentOf(JournalRecord<EntryBytes> fact) {
        if (fact instanceof JournalRecord.Entry<EntryBytes> entry) {
            return Optional.of(bytesOf(entry.payload()));
        }
        if (fact instanceof JournalRecord.Key<EntryBytes> key) {
            return Optional.of(key.masterKey());
        }
        return fact instanceof JournalRecord.ExplicitLac<EntryBytes> lac ? Optional.of(lac.bytes()) : Optional.empty();
    }

    private static byte[] bytesOf(EntryBytes payload) {
        byte[] bytes = new byte[payload.length()];
        payload.view().get(bytes);
        return bytes;
    }

    @Override
    public void mark(JournalPosition position, long sequence, long syncedEnd) {
        if (options.records() && options.ledgerId().isEmpty()) {
            sink.record(Facts.of("at", position.toString())
                    .with("seq", sequence)
                    .with("synced", syncedEnd)
                    .with("fact", "group")
                    .map());
        }
    }

    @Override
    public void damage(JournalPosition from, long toOffset, String how) {
        sink.damage("The journal file " + file.map(JournalFile::name).orElse("") + " in " + disk.path()
                + " is damaged from byte " + from.offset() + " to byte " + toOffset + ": " + how + ".");
    }

    @Override
    public void end(JournalPosition end, long restBytes) {
        file.ifPresent(shown -> sink.summary(Facts.of("file", shown.name())
                .with("bytes", shown.bytes())
                .with("journal", shown.journalIndex() + " of " + shown.journalCount())
                .with("after", shown.previousGeneration() + ":" + shown.previousEnd())
                .with("firstSeq", shown.firstSequence())
                .with("records", records)
                .with("end", end.toString())
                .with("rest", restBytes)
                .map()));
    }
}
