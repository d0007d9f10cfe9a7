package dev.daybook.simulator.world;

import dev.daybook.core.effect.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Virtual time. Everything that happens is an event; which comes next follows from the seed and nothing else. */
public final class World {
    private static final long PATIENCE_TICKS = 30_000;

    private final Dice dice;
    private final boolean tracing;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Line> trace = new ArrayList<>();
    private final Map<String, Long> sightings = new TreeMap<>();
    private long now;
    private long sequence;
    private long steps;

    /** Events that keep the world from coming to rest. */
    private long awaited;

    private boolean ending;
    private boolean restless;
    private Optional<Gate> gate = Optional.empty();

    private record Event(long time, long sequence, boolean quiet, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
        }
    }

    /** @param ledgerId what it concerns, or {@link BrokenRule#NO_LEDGER} if everybody */
    public record Line(long time, long ledgerId, String text) {
        @Override
        public String toString() {
            return time + " " + (ledgerId == BrokenRule.NO_LEDGER ? "" : "L" + ledgerId + " ") + text;
        }
    }

    public World(Dice dice, boolean tracing) {
        this.dice = dice;
        this.tracing = tracing;
    }

    public Dice dice() {
        return dice;
    }

    public long now() {
        return now;
    }

    /** How many events have happened. */
    public long steps() {
        return steps;
    }

    /** A random number of ticks from 1 to {@code max}. */
    public long ticks(long max) {
        return 1L + dice.below((int) Math.max(1, max));
    }

    public void after(long ticks, Runnable action) {
        awaited++;
        events.add(new Event(now + Math.max(0, ticks), sequence++, false, action));
    }

    /** The same for what repeats for ever: the world may rest although it is still to come. */
    public void afterQuietly(long ticks, Runnable action) {
        events.add(new Event(now + Math.max(0, ticks), sequence++, true, action));
    }

    public void runUntil(long end) {
        while (!events.isEmpty() && events.peek().time <= end) {
            next();
        }
        now = Math.max(now, end);
    }

    /** Returns when nothing is left to happen; a world that never comes to rest is a failure of its own. */
    public void runOut(long stepsMax) {
        long last = steps + stepsMax;
        long patience = restless ? now + PATIENCE_TICKS : Long.MAX_VALUE;
        while (awaited > 0 && now < patience) {
            BrokenRule.require(steps < last, "C12", BrokenRule.NO_LEDGER, "the world does not come to rest");
            next();
        }
    }

    /** Somebody works for ever in it, so that it counts as at rest after a while. */
    public void neverRests() {
        restless = true;
    }

    /** From here on nothing is begun that repeats for ever. */
    public void beginEnding() {
        ending = true;
    }

    public boolean isEnding() {
        return ending;
    }

    private void next() {
        Event next = events.remove();
        now = next.time;
        steps++;
        awaited -= next.quiet ? 0 : 1;
        next.action.run();
    }

    /** From now on somebody directs what passes. */
    public void direct(Gate director) {
        gate = Optional.of(director);
    }

    /** Sends something on its way, unless it is kept back. */
    public void pass(Supplier<String> message, Runnable onward) {
        if (gate.isPresent()) {
            gate.get().pass(message.get(), onward);
        } else {
            onward.run();
        }
    }

    /** One line of the story, made only if somebody wants to read it. */
    public void tell(long ledgerId, Supplier<String> text) {
        if (tracing || gate.isPresent()) {
            Line line = new Line(now, ledgerId, text.get());
            trace.add(line);
            gate.ifPresent(director -> director.hear(line.text));
        }
    }

    public List<Line> trace() {
        return List.copyOf(trace);
    }

    /** Counts a fault or a rare situation. */
    public void saw(String what) {
        sightings.merge(what, 1L, Long::sum);
    }

    /** How often each fault and each rare situation came up. */
    public Map<String, Long> sightings() {
        return sightings;
    }
}
