package dev.daybook.simulator.net;

import dev.daybook.simulator.world.World;
import java.util.HashMap;
import java.util.Map;

/** Directions that carry nothing at the moment. */
public final class Links {
    private final World world;
    private final Map<String, Long> darkUntil = new HashMap<>();

    public Links(World world) {
        this.world = world;
    }

    private static String key(String from, String to) {
        return from + ">" + to;
    }

    /** Nothing gets from one to the other for a while; the way back is another matter. */
    public void darken(String from, String to, long ticks) {
        darkUntil.merge(key(from, to), world.now() + ticks, Math::max);
    }

    public boolean isDark(String from, String to) {
        return darkUntil.getOrDefault(key(from, to), 0L) > world.now();
    }

    public void lightAll() {
        darkUntil.clear();
    }
}
