package dev.daybook.simulator.run;

import dev.daybook.core.effect.Dice;
import dev.daybook.simulator.bookie.Death;
import dev.daybook.simulator.bookie.SimBookie;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import java.util.List;
import java.util.function.Consumer;

/** When what goes wrong. */
final class FaultPlan {
    private final Plan plan;
    private final World world;
    private final Dice dice;
    private final List<SimBookie> bookies;
    private final List<Actor> clients;
    private final MetadataService metadata;
    private final Network network;
    private final Truth truth;

    /** Takes what is to happen. */
    interface Sink {
        void plan(String name, long at, Runnable action);
    }

    /** @param clients those that are there by the time */
    FaultPlan(
            Plan plan,
            World world,
            Dice dice,
            List<SimBookie> bookies,
            List<Actor> clients,
            MetadataService metadata,
            Network network,
            Truth truth) {
        this.plan = plan;
        this.world = world;
        this.dice = dice;
        this.bookies = bookies;
        this.clients = clients;
        this.metadata = metadata;
        this.network = network;
        this.truth = truth;
    }

    void write(Sink sink) {
        for (FaultKind kind : FaultKind.values()) {
            if (plan.kinds().contains(kind)) {
                write(kind, sink);
            }
        }
    }

    private void write(FaultKind kind, Sink sink) {
        switch (kind) {
            case WEATHER, BAD_METADATA, CRASH_AFTER_REPLY -> {
                // They go on all the time.
            }
            case KILL -> some(4, sink, "kill", onBookie(bookie -> bookie.die(Death.KILL)));
            case POWER_CUT -> {
                some(3, sink, "power cut", onBookie(bookie -> bookie.die(Death.POWER_CUT)));
                if (dice.chance(30)) {
                    some(1, sink, "power cut everywhere", each -> bookies.forEach(b -> b.die(Death.POWER_CUT)));
                }
            }
            case CRASH_ON_DISK -> some(6, sink, "crash on disk", onBookie(SimBookie::crashOnDisk));
            case FROZEN_BOOKIE ->
                some(3, sink, "frozen bookie", each -> bookie(each).freeze(1 + each.below(600)));
            case FROZEN_CLIENT ->
                some(
                        4,
                        sink,
                        "frozen client",
                        each -> onClient(each, client -> {
                            world.saw("fault: client frozen");
                            world.tell(BrokenRule.NO_LEDGER, () -> client.name() + " freezes");
                            client.freeze(1 + each.below(plan.horizonTicks()));
                        }));
            case DEAD_CLIENT ->
                some(
                        2,
                        sink,
                        "dead client",
                        each -> onClient(each, client -> {
                            world.saw("fault: client dead");
                            world.tell(BrokenRule.NO_LEDGER, () -> client.name() + " dies");
                            client.die();
                        }));
            case PARTITION -> some(4, sink, "partition", this::partition);
            case DEAF_CLIENT ->
                some(
                        2,
                        sink,
                        "deaf client",
                        each -> onClient(each, client -> {
                            world.saw("fault: client deaf");
                            String bookie = bookie(each).id().value();
                            world.tell(BrokenRule.NO_LEDGER, () -> client.name() + " does not hear " + bookie);
                            network.links().darken(bookie, client.name(), 1L + each.below(plan.horizonTicks()));
                        }));
            case AMBUSH -> new Ambush(world, dice.fork(), bookies, network, metadata).lie();
            case WIPE -> destroy(sink, "wipe", bookie -> bookie.die(Death.WIPE));
            case ROT ->
                destroy(sink, "bit flips", bookie -> {
                    for (int i = 0; i < 12; i++) {
                        bookie.rot();
                    }
                });
            case METADATA_OUTAGE -> some(2, sink, "metadata outage", each -> metadata.goAway(1 + each.below(700)));
            case CLIENT_SESSION -> some(3, sink, "session expiry", each -> onClient(each, metadata::expireSession));
            case BOOKIE_SESSION ->
                some(3, sink, "bookie session", each -> bookie(each).loseSession(1 + each.below(400)));
        }
    }

    private void some(int most, Sink sink, String name, Consumer<Dice> action) {
        int count = 1 + dice.below(most);
        for (int i = 0; i < count; i++) {
            Dice own = dice.fork();
            sink.plan(name, plan.interestingTick(dice), () -> action.accept(own));
        }
    }

    private SimBookie bookie(Dice own) {
        return own.pick(bookies);
    }

    private Consumer<Dice> onBookie(Consumer<SimBookie> action) {
        return own -> action.accept(bookie(own));
    }

    private void onClient(Dice own, Consumer<Actor> action) {
        List<Actor> living = clients.stream().filter(client -> !client.isDead()).toList();
        if (!living.isEmpty()) {
            action.accept(own.pick(living));
        }
    }

    /** Within the budget, however many kinds of destruction there are. */
    private void destroy(Sink sink, String name, Consumer<SimBookie> action) {
        if (plan.destructionBudget() > 0) {
            some(2, sink, name, own -> {
                SimBookie victim = bookie(own);
                boolean again = truth.bookie(victim.id()).isDestroyed();
                if (again || truth.destroyed() < plan.destructionBudget()) {
                    action.accept(victim);
                }
            });
        }
    }

    /** Cuts links of one client or one bookie, in one direction or both. */
    private void partition(Dice own) {
        if (clients.isEmpty()) {
            return;
        }
        world.saw("fault: partition");
        long ticks = 1L + own.below(400);
        boolean there = own.chance(70);
        boolean back = !there || own.chance(50);
        boolean ofBookie = own.chance(50);
        SimBookie bookie = bookie(own);
        Actor client = own.pick(clients);
        for (SimBookie each : ofBookie ? List.of(bookie) : bookies) {
            for (Actor other : ofBookie ? clients : List.of(client)) {
                if (!own.chance(70)) {
                    continue;
                }
                if (there) {
                    network.links().darken(other.name(), each.id().value(), ticks);
                }
                if (back) {
                    network.links().darken(each.id().value(), other.name(), ticks);
                }
            }
        }
        world.tell(
                BrokenRule.NO_LEDGER,
                () -> "partition around " + (ofBookie ? bookie.id().value() : client.name()) + " for " + ticks);
    }
}
