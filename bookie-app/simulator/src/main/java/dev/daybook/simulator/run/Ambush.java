package dev.daybook.simulator.run;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.bookie.Death;
import dev.daybook.simulator.bookie.SimBookie;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Bookies fail just while a client changes an ensemble: those that are to take over, or those that stay; and the change
 * itself may happen later than its client is told. By chance alone such things hardly meet, because a change takes no
 * longer than a message.
 */
final class Ambush {
    private final World world;
    private final Dice dice;
    private final List<SimBookie> bookies;
    private final Network network;
    private final MetadataService metadata;

    /** What happens mostly in this run: only the same misfortune again and again goes deep. */
    private final Strike favourite;

    private final int newcomersPercent;
    private final int stayingPercent;
    private final int latePercent;

    private enum Strike {
        DEATH,
        FREEZE,
        LOST_SESSION,
        DARK_THERE,
        DARK_BACK
    }

    Ambush(World world, Dice dice, List<SimBookie> bookies, Network network, MetadataService metadata) {
        this.world = world;
        this.dice = dice;
        this.bookies = bookies;
        this.network = network;
        this.metadata = metadata;
        this.favourite = dice.chance(30) ? Strike.LOST_SESSION : dice.pick(List.of(Strike.values()));
        this.newcomersPercent = dice.pick(List.of(0, 30, 80));
        this.stayingPercent = dice.pick(List.of(0, 30));
        this.latePercent = dice.pick(List.of(0, 30, 60));
    }

    void lie() {
        metadata.watchProposals(this::onProposed);
    }

    private void onProposed(Actor client, LedgerMetadata stored, LedgerMetadata next) {
        List<BookieId> before = stored.lastFragment().ensemble();
        List<BookieId> newcomers = new ArrayList<>(next.lastFragment().ensemble());
        newcomers.removeAll(before);
        if (world.isEnding() || newcomers.isEmpty()) {
            return;
        }
        List<BookieId> staying = new ArrayList<>(next.lastFragment().ensemble());
        staying.removeAll(newcomers);
        perhapsStrike(client, newcomers, newcomersPercent);
        perhapsStrike(client, staying, stayingPercent);
        if (dice.chance(latePercent)) {
            metadata.makeNextLate();
        }
    }

    private void perhapsStrike(Actor client, List<BookieId> candidates, int percent) {
        if (candidates.isEmpty() || !dice.chance(percent)) {
            return;
        }
        BookieId victim = dice.pick(candidates);
        world.saw("fault: ambush during an ensemble change");
        bookies.stream().filter(bookie -> bookie.id().equals(victim)).forEach(bookie -> strike(client, bookie));
    }

    private void strike(Actor client, SimBookie bookie) {
        int ticks = 1 + dice.below(400);
        switch (dice.chance(70) ? favourite : dice.pick(List.of(Strike.values()))) {
            case DEATH -> bookie.die(dice.chance(50) ? Death.KILL : Death.POWER_CUT);
            case FREEZE -> bookie.freeze(ticks);
            case LOST_SESSION -> bookie.loseSession(ticks);
            case DARK_THERE -> network.links().darken(client.name(), bookie.id().value(), ticks);
            case DARK_BACK -> network.links().darken(bookie.id().value(), client.name(), ticks);
        }
    }
}
