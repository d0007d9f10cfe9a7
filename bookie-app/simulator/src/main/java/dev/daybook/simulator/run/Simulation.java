package dev.daybook.simulator.run;

import static dev.daybook.simulator.world.BrokenRule.NO_LEDGER;
import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.bookie.Death;
import dev.daybook.simulator.bookie.SimBookie;
import dev.daybook.simulator.check.Truth;
import dev.daybook.simulator.client.ClientMix;
import dev.daybook.simulator.client.Deleter;
import dev.daybook.simulator.client.Reader;
import dev.daybook.simulator.client.Recoverer;
import dev.daybook.simulator.client.ReplicaCensus;
import dev.daybook.simulator.client.Surroundings;
import dev.daybook.simulator.client.Tail;
import dev.daybook.simulator.client.Writer;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.net.Network;
import dev.daybook.simulator.repair.Healing;
import dev.daybook.simulator.repair.HealingMix;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.check.Checker;
import dev.daybook.verification.check.Violation;
import dev.daybook.verification.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One cluster and its clients: under faults for a while, then in peace until everything has ended, then judged. */
final class Simulation {
    private static final long STEPS_MAX = 300_000;
    private static final long PATIENCE_TICKS = 20_000;
    private static final long HANGING_TICKS = 200_000;
    private static final int HEALING_PERCENT = 30;
    private static final long HEALING = 0x4EA1;

    private final Script script;
    private final Dice dice;
    private final Plan plan;
    private final World world;
    private final Truth truth;
    private final MetadataService metadata;
    private final Network network;
    private final History history = new History();
    private final Surroundings around;
    private final List<SimBookie> bookies = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Recoverer> recoverers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Tail> tails = new ArrayList<>();
    private final List<Actor> clients = new ArrayList<>();
    private final Map<Integer, String> planned = new TreeMap<>();
    private final Optional<Healing> healing;
    private Optional<Director> director = Optional.empty();

    Simulation(Script script, boolean tracing) {
        this(script, new Dice(script.seed()), tracing);
    }

    private Simulation(Script script, Dice dice, boolean tracing) {
        this(script, dice, Plan.draw(dice.fork()), drawHealing(script), tracing);
    }

    private Simulation(Script script, Dice dice, Plan plan, Optional<HealingMix> healing, boolean tracing) {
        this(script, dice, healing.map(plan::with).orElse(plan), healing, tracing, drawMix(script, plan, healing));
    }

    private Simulation(
            Script script, Dice dice, Plan plan, Optional<HealingMix> heals, boolean tracing, ClientMix mix) {
        this.script = script;
        this.dice = dice;
        this.plan = plan;
        this.world = new World(dice.fork(), tracing);
        this.truth = new Truth(world, mix.placement().promise());
        this.metadata = new MetadataService(world, plan.metadata(), truth);
        this.network = new Network(world, plan.weather());
        this.around = new Surroundings(world, network, metadata, truth, history, mix, plan.timeoutTicks());
        for (BookieId id : plan.bookieIds()) {
            bookies.add(new SimBookie(world, id, plan.bookies(), metadata, network, truth));
        }
        this.healing =
                heals.map(how -> new Healing(around, how, new Dice(HEALING ^ script.seed()), bookies, clients::add));
    }

    /** With dice of their own, so that runs without healing are what they were before there was any. */
    private static Optional<HealingMix> drawHealing(Script script) {
        Dice own = new Dice(HEALING + script.seed());
        return own.chance(HEALING_PERCENT) ? Optional.of(HealingMix.draw(own)) : Optional.empty();
    }

    /** With dice of their own: what else is drawn for a seed does not depend on how its clients are set up. */
    private static ClientMix drawMix(Script script, Plan drawn, Optional<HealingMix> healing) {
        Plan plan = healing.map(drawn::with).orElse(drawn);
        return ClientMix.draw(new Dice(~script.seed()), plan.bookieIds(), plan.quorums(), plan.timeoutTicks());
    }

    /** A run that goes as somebody has written down. */
    static Simulation of(Transcript transcript, boolean tracing) {
        Script script = Script.of(Transcript.SEED);
        Plan plan = transcript.plan();
        Simulation run = new Simulation(
                script, new Dice(script.seed()), plan, Optional.empty(), tracing, ClientMix.plain(plan.timeoutTicks()));
        run.direct(transcript);
        return run;
    }

    private void direct(Transcript transcript) {
        Director directing = new Director(transcript, world, metadata, new Acting());
        world.direct(directing);
        director = Optional.of(directing);
    }

    World world() {
        return world;
    }

    History history() {
        return history;
    }

    /** What was planned, by number, for whoever makes the script smaller. */
    Map<Integer, String> planned() {
        return planned;
    }

    /** Throws {@link BrokenRule} if something is wrong. */
    void play() {
        try {
            playAll();
        } finally {
            bookies.forEach(SimBookie::abandon);
        }
    }

    private void playAll() {
        world.tell(NO_LEDGER, () -> plan.toString());
        world.tell(NO_LEDGER, () -> around.mix().toString());
        bookies.forEach(SimBookie::start);
        planWork();
        new FaultPlan(plan, world, dice.fork(), bookies, clients, metadata, network, truth)
                .write((name, at, action) -> plan(name, at, action));
        int ensembleMax =
                plan.quorums().stream().mapToInt(Quorum::ensemble).max().orElse(1);
        healing.ifPresent(healed ->
                healed.plan(Plan.START_TICKS, plan.horizonTicks(), plan.destructionBudget(), ensembleMax, this::plan));
        world.runUntil(plan.horizonTicks());
        heal();
        Map<Long, LedgerMetadata> closed = closeEverything();
        healing.ifPresent(Healing::converge);
        closed.replaceAll((ledgerId, record) -> metadata.stored(ledgerId).orElse(record));
        history.beginFinalPhase();
        readEverything("final", closed);
        bookies.stream().filter(bookie -> !bookie.isGone()).forEach(bookie -> bookie.die(Death.POWER_CUT));
        world.runOut(STEPS_MAX);
        requireAllUp();
        readEverything("again", closed);
        judge();
    }

    /** Every planned thing has a number and dice of its own, so that leaving one out does not change the others. */
    private void plan(String name, long at, Runnable action) {
        int number = planned.size();
        planned.put(number, at + " " + name);
        if (!script.omitted().contains(number)) {
            world.after(at, action);
        }
    }

    private void planWork() {
        int number = 1;
        for (var writing : plan.writers()) {
            Writer writer = new Writer(around, number, writing);
            writers.add(writer);
            clients.add(writer.process());
            plan("writer " + number++, 70L + dice.below(60), writer::start);
        }
        int span = plan.horizonTicks() - 100;
        long firstRecovery = plan.interestingTick(dice);
        int spread = dice.pick(plan.crowd().chasing() ? List.of(1, 10, 60) : List.of(1, 30, 300));
        for (int i = 1; i <= plan.crowd().recoverers(); i++) {
            String name = "c" + i;
            long pick = dice.below(100);
            long later = dice.below(spread);
            int append = 1 + dice.below(plan.writers().get(0).appends());
            Runnable recovery = () -> recover(name, pick);
            if (plan.crowd().chasing()) {
                Writer first = writers.get(0);
                plan("recoverer " + name, 0, () -> first.uponAppend(append, () -> world.after(later, recovery)));
            } else {
                plan("recoverer " + name, firstRecovery + later, recovery);
            }
        }
        for (int i = 1; i <= plan.crowd().readers(); i++) {
            String name = "r" + i;
            long pick = dice.below(100);
            plan("reader " + name, plan.interestingTick(dice), () -> read(name, pick));
        }
        for (int i = 1; i <= plan.crowd().tails(); i++) {
            String name = "t" + i;
            long pick = dice.below(100);
            plan("tail " + name, 100L + dice.below(200), () -> follow(name, pick));
        }
        for (int i = 1; i <= plan.crowd().deleters(); i++) {
            String name = "d" + i;
            long pick = dice.below(100);
            plan("deleter " + name, 100L + dice.below(span), () -> delete(name, pick));
        }
    }

    /** One of the ledgers there are, or -1 if there are none. */
    private long someLedger(long pick) {
        List<Long> ids = metadata.ledgerIds();
        return ids.isEmpty() ? -1 : ids.get((int) (pick % ids.size()));
    }

    private void recover(String name, long pick) {
        long ledgerId = someLedger(pick);
        if (ledgerId >= 0) {
            Recoverer recoverer = new Recoverer(around, name, ledgerId);
            recoverers.add(recoverer);
            clients.add(recoverer.process());
            recoverer.start();
        }
    }

    private void read(String name, long pick) {
        long ledgerId = someLedger(pick);
        if (ledgerId >= 0) {
            Reader reader = new Reader(around, name, ledgerId);
            readers.add(reader);
            clients.add(reader.process());
            reader.readConfirmed();
            world.after(world.ticks(300), reader::readConfirmed);
            world.after(world.ticks(1000), reader::readConfirmed);
        }
    }

    private void follow(String name, long pick) {
        long ledgerId = someLedger(pick);
        if (ledgerId >= 0) {
            Tail tail = new Tail(around, name, ledgerId, 40);
            tails.add(tail);
            clients.add(tail.process());
            tail.follow();
        }
    }

    private void delete(String name, long pick) {
        long ledgerId = someLedger(pick);
        if (ledgerId >= 0) {
            Deleter deleter = new Deleter(around, name, ledgerId);
            clients.add(deleter.process());
            deleter.delete();
        }
    }

    private void heal() {
        world.tell(NO_LEDGER, () -> "faults stop");
        network.change(plan.weather().calm());
        network.links().lightAll();
        metadata.heal();
        bookies.forEach(SimBookie::heal);
        clients.forEach(Actor::wake);
        healing.ifPresent(Healing::heal);
        world.beginEnding();
        director.ifPresent(Director::end);
        world.runOut(STEPS_MAX);
        requireAllUp();
        writers.forEach(Writer::checkAtRest);
        recoverers.forEach(Recoverer::checkAtRest);
        readers.forEach(Reader::checkAtRest);
        tails.forEach(Tail::checkAtRest);
    }

    private void requireAllUp() {
        for (SimBookie bookie : bookies) {
            require(
                    bookie.isUp() || bookie.isGone(),
                    "C12",
                    NO_LEDGER,
                    "bookie " + bookie.id() + " does not come back");
        }
    }

    /** Recovers every ledger; in some runs while as many bookies hang as the protocol must bear. */
    private Map<Long, LedgerMetadata> closeEverything() {
        int hanging = dice.chance(40) ? bearable() : 0;
        for (int i = 0; i < hanging; i++) {
            bookies.get(dice.below(bookies.size())).freeze(HANGING_TICKS);
        }
        Surroundings patient = hanging == 0 ? around : around.withTimeout(4 * PATIENCE_TICKS);
        Map<Long, Recoverer> last = new TreeMap<>();
        for (long ledgerId : metadata.ledgerIds()) {
            Recoverer recoverer = new Recoverer(patient, "last", ledgerId);
            last.put(ledgerId, recoverer);
            recoverer.start();
        }
        world.runUntil(world.now() + PATIENCE_TICKS);
        last.forEach((ledgerId, recoverer) ->
                require(recoverer.hasEnded(), "C12", ledgerId, "recovery waits although enough bookies answer"));
        bookies.forEach(SimBookie::heal);
        world.runOut(STEPS_MAX);
        Map<Long, LedgerMetadata> closed = new TreeMap<>();
        last.forEach((ledgerId, recoverer) -> {
            recoverer.checkAtRest();
            closed.put(
                    ledgerId,
                    recoverer
                            .closed()
                            .orElseThrow(() -> new BrokenRule(
                                    "C12", ledgerId, "recovery does not succeed once the faults have stopped")));
        });
        return closed;
    }

    private int bearable() {
        int least = Integer.MAX_VALUE;
        for (long ledgerId : metadata.ledgerIds()) {
            var quorum = metadata.stored(ledgerId).orElseThrow().quorum();
            least = Math.min(least, Math.min(quorum.ack() - 1 - truth.destroyed(), quorum.write() - quorum.ack()));
        }
        return least == Integer.MAX_VALUE ? 0 : Math.max(0, least);
    }

    private void readEverything(String name, Map<Long, LedgerMetadata> closed) {
        List<ReplicaCensus> censuses = new ArrayList<>();
        List<Reader> finals = new ArrayList<>();
        closed.forEach((ledgerId, record) -> {
            Reader reader = new Reader(around, name, ledgerId);
            reader.readUpTo(record, record.end().orElseThrow().lastEntryId());
            finals.add(reader);
            ReplicaCensus census = new ReplicaCensus(around, "census " + name, ledgerId, record);
            census.start();
            censuses.add(census);
        });
        world.runOut(STEPS_MAX);
        finals.forEach(Reader::checkAtRest);
        censuses.forEach(ReplicaCensus::check);
    }

    private void judge() {
        truth.checkCopiesAreEqual();
        for (Checker checker : Checker.all()) {
            for (Violation violation : checker.check(history)) {
                throw new BrokenRule(violation.rule(), violation.ledgerId(), violation.toString());
            }
        }
    }

    /** What a director can have done. */
    private final class Acting implements Director.Stage {
        @Override
        public List<BookieId> bookies() {
            return plan.bookieIds();
        }

        @Override
        public void append() {
            writers.get(0).appendNow();
        }

        @Override
        public void recover() {
            Simulation.this.recover("c" + (recoverers.size() + 1), 0);
        }

        @Override
        public void kill(BookieId bookie) {
            named(bookie).die(Death.KILL);
        }

        @Override
        public void hide(BookieId bookie) {
            named(bookie).loseSession(plan.horizonTicks());
        }

        @Override
        public void show(BookieId bookie) {
            named(bookie).regainSession();
        }

        private SimBookie named(BookieId id) {
            return bookies.stream()
                    .filter(bookie -> bookie.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
