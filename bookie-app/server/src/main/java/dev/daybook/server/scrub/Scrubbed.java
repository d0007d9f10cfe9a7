package dev.daybook.server.scrub;

import dev.daybook.engine.scrub.ScrubPart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** A bookie as a scrub sees it: what can be read back, and what can be done about damage. Any thread. */
public interface Scrubbed {
    /** Names of the parts that are read one after the other: directories. */
    List<String> places();

    /**
     * Reads a place back.
     *
     * @param pace told how many bytes were read; may block, and may end the reading by an unchecked exception
     */
    List<Damage> read(String place, LongConsumer pace) throws IOException;

    /** Writes everything that is in memory, with new checkpoints. */
    void checkpoint() throws IOException;

    /** Has the index of a place made anew, in the background. */
    void rebuildIndex(String place, String why);

    /** Ledgers of which entries were lost here and have not come back, as far as it is known without reading. */
    Set<Long> ledgersInDoubt();

    /**
     * Damage in one place.
     *
     * @param file for people
     * @param how half a sentence for people
     * @param entriesByLedger entries that cannot be read because of it
     */
    record Damage(ScrubPart part, String file, String how, Map<Long, Integer> entriesByLedger) {
        public Damage {
            entriesByLedger = Map.copyOf(entriesByLedger);
        }
    }
}
