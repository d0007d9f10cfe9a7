package dev.daybook.client.log;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Ledgers, records and processes in one thread. Every call of a process arrives as one event and is answered by another; a
 * seed, or nothing but the order in which they came, decides what happens next.
 */
final class SimWorld {
    /** Events of one lane keep their order: tasks of an owner, appends of a handle, answers to them. */
    private final Map<Object, ArrayDeque<Runnable>> lanes = new java.util.LinkedHashMap<>();

    final Random dice;
    final boolean shuffled;
    final Map<LedgerId, SimLedger> ledgers = new TreeMap<>();
    final InMemoryMetadataStore store;
    long nowMillis = 1_000_000;
    long nextId;
    long events;

    /** Chances of one fault per call, in percent. */
    int unknownPercent;

    int brokenPercent;
    int unavailablePercent;

    SimWorld(long seed, boolean shuffled) {
        this.dice = new Random(seed);
        this.shuffled = shuffled;
        this.store = new InMemoryMetadataStore(() -> nowMillis, "simulated");
    }

    MetadataStore session() {
        return store.another();
    }

    boolean chance(int percent) {
        return shuffled && dice.nextInt(100) < percent;
    }

    void later(Object lane, Runnable event) {
        lanes.computeIfAbsent(lane, key -> new ArrayDeque<>()).add(event);
    }

    /** Does the next event; false if there is none. */
    boolean step() {
        if (lanes.isEmpty()) {
            return false;
        }
        List<Object> waiting = new ArrayList<>(lanes.keySet());
        Object lane = waiting.get(shuffled ? dice.nextInt(waiting.size()) : 0);
        ArrayDeque<Runnable> queue = Objects.requireNonNull(lanes.get(lane));
        Runnable event = queue.remove();
        if (queue.isEmpty()) {
            lanes.remove(lane);
        }
        nowMillis++;
        events++;
        event.run();
        return true;
    }

    void run() {
        for (int steps = 0; step(); steps++) {
            if (steps > 1_000_000) {
                throw new AssertionError("the world does not come to rest");
            }
        }
    }
}
