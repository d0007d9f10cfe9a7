package dev.daybook.simulator.check;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When which bookie was not registered. */
final class Absences {
    /** An auditor may have frozen between what it saw and what it does about it. */
    private static final long STALE_TICKS = 4000;

    private final World world;
    private final long delayTicks;
    private final Map<BookieId, List<Absence>> absences = new HashMap<>();

    private static final class Absence {
        private final long from;
        private long to = Long.MAX_VALUE;

        Absence(long from) {
            this.from = from;
        }
    }

    Absences(World world, long delayTicks) {
        this.world = world;
        this.delayTicks = delayTicks;
    }

    void onRegistration(BookieId bookie, boolean there) {
        List<Absence> all = absences.computeIfAbsent(bookie, any -> new ArrayList<>());
        if (!there) {
            all.add(new Absence(world.now()));
        } else if (!all.isEmpty()) {
            all.get(all.size() - 1).to = world.now();
        }
    }

    /** Whether the bookie was away for its delay, or while another one was away as well, so that nobody waits. */
    boolean wereLongEnough(BookieId bookie) {
        return absences.getOrDefault(bookie, List.of()).stream()
                .filter(absence -> absence.to >= world.now() - STALE_TICKS)
                .anyMatch(absence -> Math.min(absence.to, world.now()) - absence.from >= delayTicks
                        || isAnotherAway(bookie, absence));
    }

    private boolean isAnotherAway(BookieId bookie, Absence absence) {
        long from = absence.from - STALE_TICKS;
        return absences.entrySet().stream()
                .filter(other -> !other.getKey().equals(bookie))
                .flatMap(other -> other.getValue().stream())
                .anyMatch(other -> other.to >= from && other.from <= Math.min(absence.to, world.now()) + delayTicks);
    }
}
