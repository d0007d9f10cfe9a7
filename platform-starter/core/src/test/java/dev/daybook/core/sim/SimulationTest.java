package dev.daybook.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Many small runs. {@code -Dcore.seed=N} tells the story of one, {@code -Dcore.seeds=N} runs more, {@code -Dcore.from=N}
 * starts elsewhere.
 */
class SimulationTest {
    private static final int SEEDS = 3000;

    @Test
    void nothingIsLostWhateverGoesWrong() {
        String seed = System.getProperty("core.seed");
        if (seed != null) {
            System.out.println(Simulation.story(Long.parseLong(seed)));
            Simulation.run(Long.parseLong(seed));
            return;
        }
        long first = Long.getLong("core.from", 1);
        long count = Long.getLong("core.seeds", SEEDS);
        System.out.println("core simulation: seeds " + first + " to " + (first + count - 1));
        for (long next = first; next < first + count; next++) {
            Simulation.run(next);
        }
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertEquals(Simulation.story(42), Simulation.story(42));
    }
}
