package dev.daybook.storage.journal;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.storage.disk.AlignedBuffers;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.memtable.EntryBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** One reading of what a journal has durable, beside a bookie that writes on behind it. */
public final class JournalScrub {
    private JournalScrub() {}

    /** @param how half a sentence for a person */
    public record Damage(JournalPosition position, String file, String how) {}

    /**
     * @param syncedEnd before the reading began: what lies behind it may be half written
     * @param pace told how many bytes were read; may block, and may end the scrub by an unchecked exception
     * @return damage before the synced end. What lies before the mark does not count any more: the caller has to leave
     *     that out, by the mark of after the reading
     */
    public static List<Damage> run(Disk disk, JournalPosition syncedEnd, LongConsumer pace) throws IOException {
        List<Damage> found = new ArrayList<>();
        JournalInspection.inspect(disk, new InspectionVisitor() {
            @Override
            public void file(JournalFile file) {
                pace.accept(JournalHeader.BYTES);
            }

            @Override
            public void record(
                    JournalPosition position,
                    long sequence,
                    long fileSyncedEnd,
                    int bytes,
                    JournalRecord<EntryBytes> fact) {
                pace.accept(bytes);
            }

            @Override
            public void mark(JournalPosition position, long sequence, long fileSyncedEnd) {
                pace.accept(0);
            }

            @Override
            public void damage(JournalPosition from, long toOffset, String how) {
                if (from.compareTo(syncedEnd) < 0) {
                    String file = disk.path() + "/" + JournalNames.of(from.generation());
                    found.add(new Damage(from, file, "is damaged at byte " + from.offset() + ": " + how));
                }
            }

            @Override
            public void end(JournalPosition end, long restBytes) {
                // What is synced ends with a block.
                boolean tooShort = end.generation() == syncedEnd.generation()
                        && AlignedBuffers.roundUp(end.offset()) < syncedEnd.offset();
                if (tooShort) {
                    String file = disk.path() + "/" + JournalNames.of(end.generation());
                    found.add(new Damage(end, file, "is damaged at byte " + end.offset() + ": it was longer"));
                }
            }
        });
        return found;
    }
}
