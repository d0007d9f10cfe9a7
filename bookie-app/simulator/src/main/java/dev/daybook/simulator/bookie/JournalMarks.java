package dev.daybook.simulator.bookie;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.storage.journal.JournalPosition;
import java.util.List;

/** I10: what a bookie need not replay any more never becomes less, from life to life. */
final class JournalMarks {
    private final BookieId id;
    private List<List<JournalPosition>> last = List.of();

    JournalMarks(BookieId id) {
        this.id = id;
    }

    /** @param intact whether nobody has damaged its disks */
    void onStarted(ScheduledBookie bookie, boolean intact) {
        List<List<JournalPosition>> found = bookie.marksFound();
        for (int i = 0; intact && i < last.size(); i++) {
            for (int j = 0; j < last.get(i).size(); j++) {
                BrokenRule.require(
                        found.get(i).get(j).compareTo(last.get(i).get(j)) >= 0,
                        "I10",
                        BrokenRule.NO_LEDGER,
                        "a mark of " + id + " went back to " + found.get(i).get(j));
            }
        }
        onFlushed(bookie);
    }

    void onFlushed(ScheduledBookie bookie) {
        last = bookie.marks();
    }
}
