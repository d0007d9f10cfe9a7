package dev.daybook.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thousands of small worlds. {@code -Ddaybook.simulator.seeds=N} runs more, {@code -Ddaybook.simulator.from=S} starts
 * there; what fails is told as a story by {@code bookie-app/simulator/run --seed S}.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("daybook.simulator.seeds", 2000);
    private static final long FROM = Long.getLong("daybook.simulator.from", new Random().nextInt(1_000_000_000));

    @Test
    void nothingIsLostWhateverGoesWrong() {
        System.out.println("simulator: seeds " + FROM + " to " + (FROM + SEEDS - 1));
        Map<String, Long> sightings = new TreeMap<>();
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            requireNone(Runs.play(Script.of(seed), sightings));
        }
        sightings.forEach((what, times) -> System.out.printf("%10d  %s%n", times, what));
        if (SEEDS >= 2000) {
            // A test that stops seeing faults would pass for ever.
            assertTrue(sightings.keySet().containsAll(Markers.REQUIRED), () -> "never seen: " + missing(sightings));
        }
    }

    private static List<String> missing(Map<String, Long> sightings) {
        return Markers.REQUIRED.stream()
                .filter(marker -> !sightings.containsKey(marker))
                .toList();
    }

    private static void requireNone(Optional<Failure> failure) {
        failure.ifPresent(broken -> {
            Failure smallest = Runs.shrink(broken);
            throw new AssertionError(
                    "bookie-app/simulator/run --script \"" + smallest.script() + "\" tells of " + smallest.message()
                            + "\n" + String.join("\n", Runs.story(smallest.script())),
                    smallest.cause());
        });
    }

    @Test
    void whatFailedOnceDoesNotFailAgain() throws IOException {
        try (InputStream file = SimulationTest.class.getResourceAsStream("/formerly-failing.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> requireNone(Runs.play(Script.parse(line), new TreeMap<>())));
        }
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        for (long seed = 1; seed <= 20; seed++) {
            assertEquals(Runs.story(Script.of(seed)), Runs.story(Script.of(seed)));
        }
    }
}
