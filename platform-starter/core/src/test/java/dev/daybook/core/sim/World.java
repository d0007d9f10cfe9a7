package dev.daybook.core.sim;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Virtual time, the network, and the bookies. Everything that happens is an event; its order follows from the seed. */
final class World {
    final Dice dice;
    final List<SimBookie> bookies = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<String, Long> lastArrival = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private final boolean tracing;
    FaultMix mix;
    long now;
    private long sequence;

    private record Event(long time, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
        }
    }

    World(long seed, boolean tracing) {
        this.dice = new Dice(seed);
        this.tracing = tracing;
        this.mix = FaultMix.draw(dice);
        for (int i = 1; i <= mix.bookies(); i++) {
            bookies.add(new SimBookie(this, new BookieId("b" + i)));
        }
        log("mix " + mix);
    }

    void log(String line) {
        if (tracing) {
            trace.add(now + " " + line);
        }
    }

    List<String> trace() {
        return trace;
    }

    void after(long delay, Runnable action) {
        events.add(new Event(now + delay, sequence++, action));
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().time <= end) {
            Event next = events.remove();
            now = next.time;
            next.action.run();
        }
        now = Math.max(now, end);
    }

    /** Returns when nothing is left to happen; a run that never ends is a failure of its own. */
    void runOut() {
        for (int steps = 0; !events.isEmpty(); steps++) {
            if (steps > 200_000) {
                throw new AssertionError("the world does not come to rest");
            }
            Event next = events.remove();
            now = next.time;
            next.action.run();
        }
    }

    /** Carries one message; it may get lost, doubled or late. */
    private void carry(String link, Runnable arrival) {
        if (dice.chance(mix.dropPercent())) {
            return;
        }
        int copies = dice.chance(mix.duplicatePercent()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = 1L + dice.below(mix.delayMax());
            if (dice.chance(mix.longDelayPercent())) {
                delay += dice.below(6 * mix.requestTimeout());
            }
            long time = now + delay;
            if (mix.inOrder()) {
                time = Math.max(time, lastArrival.getOrDefault(link, 0L));
                lastArrival.put(link, time);
            }
            after(time - now, arrival);
        }
    }

    /**
     * Asks a bookie on behalf of a client. The client hears {@code timeout} when the deadline passes first; in some runs
     * the late answer is delivered as well.
     */
    <R> void ask(String client, SimBookie bookie, Consumer<Consumer<R>> request, R timeout, Consumer<R> deliver) {
        boolean[] answered = {false};
        Consumer<R> once = answer -> {
            if (!answered[0] || mix.lateAnswers()) {
                answered[0] = true;
                deliver.accept(answer);
            }
        };
        carry(client + ">" + bookie.id, () -> {
            if (bookie.isUp()) {
                request.accept(answer -> carry(bookie.id + ">" + client, () -> once.accept(answer)));
            }
        });
        after(mix.requestTimeout(), () -> {
            if (!answered[0]) {
                answered[0] = true;
                deliver.accept(timeout);
            }
        });
    }

    SimBookie bookie(BookieId id) {
        return bookies.stream().filter(b -> b.id.equals(id)).findFirst().orElseThrow();
    }

    ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                bookies.stream().filter(SimBookie::isUp).map(b -> b.id).toList());
    }

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
