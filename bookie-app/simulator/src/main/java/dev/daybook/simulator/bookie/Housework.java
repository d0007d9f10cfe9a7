package dev.daybook.simulator.bookie;

import dev.daybook.core.effect.Dice;
import dev.daybook.engine.request.Verdict;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.World;
import java.io.IOException;
import java.util.TreeSet;

/** What a bookie does with its folders beside requests and flushes. */
final class Housework {
    private final World world;
    private final Dice dice;
    private final MetadataService metadata;
    private final Truth truth;
    private final BookieId id;

    Housework(World world, Dice dice, MetadataService metadata, Truth truth, BookieId id) {
        this.world = world;
        this.dice = dice;
        this.metadata = metadata;
        this.truth = truth;
        this.id = id;
    }

    /**
     * One kind of it, or none.
     *
     * @param withGarbage unless the bookie's own collector does that
     */
    void doSome(ScheduledBookie bookie, boolean withGarbage) throws IOException {
        switch (dice.below(4)) {
            case 0 -> bookie.tidy();
            case 1 -> bookie.compact();
            case 2 -> {
                if (withGarbage) {
                    collectGarbage(bookie);
                }
            }
            default -> {
                // Nothing this time.
            }
        }
    }

    /** Deletes what the metadata store has no record of. */
    private void collectGarbage(ScheduledBookie bookie) {
        if (metadata.isAway()) {
            return;
        }
        for (long ledgerId : new TreeSet<>(bookie.livingLedgers())) {
            if (truth.isDeleted(ledgerId)) {
                bookie.delete(ledgerId, verdict -> {
                    if (verdict == Verdict.OK) {
                        world.saw("sometimes: tombstone");
                        truth.bookie(id).onDeleted(ledgerId);
                    }
                });
            }
        }
    }
}
