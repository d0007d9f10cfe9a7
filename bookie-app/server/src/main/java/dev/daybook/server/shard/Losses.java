package dev.daybook.server.shard;

import dev.daybook.engine.ledger.Doubt;
import java.io.IOException;

/**
 * What a bookie may go on without. Every loss is durable before the answer is true, so that a start that is cut short
 * does not forget it. Used while the bookie opens, by one thread.
 */
public interface Losses {
    /** Nothing may be lost. */
    Losses NONE = new Losses() {
        @Override
        public Doubt doubt() {
            return Doubt.NONE;
        }

        @Override
        public boolean acceptsJournal(int index, String why) {
            return false;
        }

        @Override
        public boolean acceptsStore(int index, String why) {
            return false;
        }
    };

    /** What has been lost so far. */
    Doubt doubt();

    /**
     * @param why a sentence for a person
     * @return whether to go on without part of this journal
     */
    boolean acceptsJournal(int index, String why) throws IOException;

    /**
     * @param why a sentence for a person
     * @return whether to go on without part of this ledger directory
     */
    boolean acceptsStore(int index, String why) throws IOException;
}
