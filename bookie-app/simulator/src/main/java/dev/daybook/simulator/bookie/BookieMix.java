package dev.daybook.simulator.bookie;

import dev.daybook.core.effect.Dice;
import dev.daybook.server.shard.ScheduledBookie.Sizes;
import java.util.List;

/**
 * How one run's bookies are made, and how bad their disks are. Times are ticks.
 *
 * @param journalDelayMax from an append to its sync
 * @param searchDelayMax of a search on the disk
 * @param stallPercent of disk operations that take ten times as long
 * @param flushEveryTicks about; 0: only at starts
 * @param crashAfterReplyPercent of interesting answers after which the bookie dies
 * @param restartTicksMax from a death to the next start
 */
public record BookieMix(
        int journals,
        int ledgerFolders,
        Sizes sizes,
        int journalDelayMax,
        int searchDelayMax,
        int stallPercent,
        int flushEveryTicks,
        int crashAfterReplyPercent,
        int restartTicksMax) {

    /** One journal, one folder, and disks that take no time. */
    public static final BookieMix PLAIN = new BookieMix(1, 1, new Sizes(1, 16384, 2000, 1 << 20), 0, 0, 0, 0, 0, 5);

    public static BookieMix draw(Dice dice, boolean crashes) {
        return new BookieMix(
                dice.chance(30) ? 2 : 1,
                dice.chance(30) ? 2 : 1,
                new Sizes(dice.chance(30) ? 2 : 1, 16384, 2000, dice.chance(30) ? 1 + dice.below(4000) : 1 << 20),
                dice.pick(List.of(0, 5, 20)),
                dice.pick(List.of(0, 0, 10)),
                dice.pick(List.of(0, 0, 10)),
                dice.pick(List.of(0, 60, 300)),
                crashes ? dice.pick(List.of(0, 0, 2, 10)) : 0,
                dice.pick(List.of(5, 100, 300)));
    }

    BookieMix calm() {
        return new BookieMix(
                journals,
                ledgerFolders,
                sizes,
                journalDelayMax,
                searchDelayMax,
                0,
                flushEveryTicks,
                0,
                restartTicksMax);
    }
}
