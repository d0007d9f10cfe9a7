package dev.daybook.simulator.repair;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.audit.Search;
import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.bookie.SimBookie;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.client.Surroundings;
import dev.daybook.simulator.meta.RepairDesk;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Everything in a run that heals the cluster, from its beginning until all is whole. */
public final class Healing {
    private static final int ROUNDS_MAX = 60;
    private static final long ROUND_TICKS = 700;
    private static final int GARBAGE_ROUNDS = 5;

    /** Just when there is something to mark, the session of somebody who may be the auditor ends. */
    private static final int AMBUSH_PERCENT = 60;

    private static final int AMBUSH_TICKS = 300;

    private final Surroundings around;
    private final World world;
    private final HealingMix mix;
    private final Dice dice;
    private final RepairTruth truth;
    private final Map<BookieId, SimBookie> bookies = new TreeMap<>();
    private final List<Healer> healers = new ArrayList<>();
    private final List<Mover> movers = new ArrayList<>();
    private final Consumer<Actor> whenBorn;
    private final OperatorSwitch operator;

    /** Takes what is to happen. */
    public interface Sink {
        void plan(String name, long at, Runnable action);
    }

    /** @param whenBorn told of every process, so that faults befall it */
    public Healing(Surroundings around, HealingMix mix, Dice dice, List<SimBookie> bookies, Consumer<Actor> whenBorn) {
        this.around = around;
        this.world = around.world();
        this.mix = mix;
        this.dice = dice;
        this.whenBorn = whenBorn;
        this.truth = new RepairTruth(world, around.truth(), around.metadata(), mix.graceTicks(), mix.delayTicks());
        world.neverRests();
        bookies.forEach(bookie -> this.bookies.put(bookie.id(), bookie));
        around.metadata().watchRecords(truth);
        around.metadata().desk().watch(truth);
        bookies.forEach(bookie -> bookie.collectGarbage(truth, mix.garbageTicks()));
        this.operator =
                new OperatorSwitch(around.metadata().connect(new Actor(world, "operator"), CompletableFuture::new));
    }

    /**
     * Writes down what is to happen.
     *
     * @param lossesMax bookies that may lose what they have
     * @param ensembleMax of the largest ledger
     */
    public void plan(long firstTick, long lastTick, int lossesMax, int ensembleMax, Sink sink) {
        for (int i = 1; i <= mix.healers(); i++) {
            Healer healer = new Healer(around, "h" + i, mix, truth, whenBorn);
            healers.add(healer);
            // Not to be left out: without it nothing becomes whole, whatever else is wrong.
            world.after(dice.below(200), healer::start);
        }
        int span = (int) Math.max(1, lastTick - firstTick);
        for (int i = 0; i < mix.losses(); i++) {
            Dice own = dice.fork();
            sink.plan("loss for good", firstTick + dice.below(span), () -> lose(own, lossesMax, ensembleMax));
        }
        for (int i = 1; i <= mix.moves(); i++) {
            String name = "m" + i;
            Dice own = dice.fork();
            sink.plan("move", firstTick + dice.below(span), () -> empty(name, own));
        }
        for (int i = 0; i < mix.switches(); i++) {
            long at = firstTick + dice.below(span);
            sink.plan("switch off", at, () -> {
                world.saw("fault: auto-recovery switched off");
                operator.turn(false);
            });
            sink.plan("switch on", at + dice.below(600), () -> operator.turn(true));
        }
    }

    /** Who stays must suffice to close every ledger. */
    private void lose(Dice own, int lossesMax, int ensembleMax) {
        SimBookie victim = own.pick(List.copyOf(bookies.values()));
        boolean again = around.truth().bookie(victim.id()).isDestroyed();
        long left = bookies.values().stream().filter(bookie -> !bookie.isGone()).count() - 1;
        boolean closable = left >= ensembleMax && !around.mix().placement().strict();
        if (!victim.isGone() && closable && (again || around.truth().destroyed() < lossesMax)) {
            victim.loseForGood();
            if (own.chance(AMBUSH_PERCENT)) {
                Healer ambushed = own.pick(healers);
                world.after(1L + own.below(AMBUSH_TICKS), ambushed::expire);
            }
        }
    }

    private void empty(String name, Dice own) {
        BookieId leaving = own.pick(List.copyOf(bookies.keySet()));
        Mover mover = new Mover(around, name, leaving, this::leaving, truth);
        movers.add(mover);
        whenBorn.accept(mover.process());
        mover.move();
    }

    private Set<BookieId> leaving() {
        Set<BookieId> leaving = new TreeSet<>();
        movers.stream().filter(mover -> !mover.process().isDead()).forEach(mover -> leaving.add(mover.leaving()));
        return leaving;
    }

    /** Faults have stopped. */
    public void heal() {
        healers.forEach(Healer::wake);
        operator.turn(true);
    }

    /** C9, C10, C11 and I13: after a while of peace everything is whole, and nothing is left over. */
    public void converge() {
        Wholeness wholeness =
                new Wholeness(around, bookies, around.mix().placement().promise(), leaving());
        Optional<Complaint> complaint = Optional.empty();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            for (Healer healer : healers) {
                if (healer.demand(Search.LOST_BOOKIES)) {
                    healer.demand(Search.MISSING_COPIES);
                }
            }
            movers.forEach(Mover::move);
            bookies.values().forEach(SimBookie::collectGarbageNow);
            world.runUntil(world.now() + ROUND_TICKS);
            complaint = complaint(wholeness, round >= GARBAGE_ROUNDS);
            if (complaint.isEmpty() && round >= GARBAGE_ROUNDS) {
                healers.forEach(Healer::stop);
                return;
            }
        }
        complaint.ifPresent(found -> {
            healers.forEach(healer -> world.tell(found.ledgerId(), healer::report));
            require(false, found.rule(), found.ledgerId(), found.text());
        });
    }

    private record Complaint(String rule, long ledgerId, String text) {}

    private Optional<Complaint> complaint(Wholeness wholeness, boolean all) {
        RepairDesk desk = around.metadata().desk();
        Set<Long> exempt = new HashSet<>();
        for (long ledgerId : around.metadata().ledgerIds()) {
            LedgerMetadata record = around.metadata().stored(ledgerId).orElseThrow();
            Optional<String> lack = wholeness.lackOf(ledgerId, record);
            if (lack.isPresent()) {
                return Optional.of(new Complaint("C9", ledgerId, lack.get()));
            }
            if (!wholeness.canBeWhole(ledgerId, record)) {
                world.saw("sometimes: ledger that cannot be made whole");
                exempt.add(ledgerId);
            }
        }
        for (LedgerId marked : desk.marks(Optional.empty()).keySet()) {
            if (!exempt.contains(marked.value())) {
                return Optional.of(new Complaint("C9", marked.value(), "the mark of a whole ledger stays"));
            }
        }
        for (LedgerId locked : desk.locked()) {
            if (!exempt.contains(locked.value())) {
                return Optional.of(new Complaint(
                        "I13", locked.value(), desk.lockedBy(locked.value()) + " keeps a lock that it does not need"));
            }
        }
        return all ? surplus(wholeness, exempt) : Optional.empty();
    }

    /** @param waiting for repair with their locks held, which is what keeps collectors from them */
    private Optional<Complaint> surplus(Wholeness wholeness, Set<Long> waiting) {
        Set<Long> held = new TreeSet<>();
        bookies.values().forEach(bookie -> held.addAll(bookie.livingLedgers()));
        boolean nothingListed = around.metadata().ledgerIds().isEmpty();
        for (long ledgerId : held) {
            Optional<LedgerMetadata> record = around.metadata().stored(ledgerId);
            // A listing without any ledger is not believed.
            if (record.isPresent() ? !waiting.contains(ledgerId) : !nothingListed) {
                Optional<String> surplus = wholeness.surplusOf(new LedgerId(ledgerId), record);
                if (surplus.isPresent()) {
                    return Optional.of(new Complaint(record.isPresent() ? "C10" : "C11", ledgerId, surplus.get()));
                }
            }
        }
        return Optional.empty();
    }
}
