package dev.daybook.simulator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The command line: {@code run --seeds N [--from S]}, or {@code run --seed S}, or {@code run --script "S without 1,2"}, or
 * {@code run --transcript FILE}.
 */
public final class SimulatorMain {
    private static final int FAILURES_MAX = 3;
    private static final double MILLIS = 1e6;

    private SimulatorMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = options(arguments);
        if (options.containsKey("--seed") || options.containsKey("--script")) {
            String text = options.getOrDefault("--script", options.getOrDefault("--seed", "1"));
            System.exit(tell(Script.parse(text)) ? 0 : 1);
        }
        if (options.containsKey("--transcript")) {
            String text = Files.readString(Path.of(options.get("--transcript")));
            List<String> story = Runs.story(Transcript.parse(text));
            story.forEach(System.out::println);
            System.exit(story.stream().anyMatch(line -> line.contains(" ! ")) ? 1 : 0);
        }
        long from = Long.parseLong(options.getOrDefault("--from", "1"));
        long seeds = Long.parseLong(options.getOrDefault("--seeds", "2000"));
        System.exit(many(from, seeds) ? 0 : 1);
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0 || options.keySet().stream().anyMatch(name -> !name.startsWith("--"))) {
            throw new IllegalArgumentException(
                    "use --seeds N, --from S, --seed S, --script \"S without 1,2\" or --transcript FILE");
        }
        return options;
    }

    private static boolean many(long from, long seeds) {
        System.out.println("seeds " + from + " to " + (from + seeds - 1));
        Map<String, Long> sightings = new TreeMap<>();
        List<Failure> failures = new ArrayList<>();
        long startNanos = System.nanoTime();
        for (long seed = from; seed < from + seeds; seed++) {
            Runs.play(Script.of(seed), sightings).ifPresent(failures::add);
        }
        long took = System.nanoTime() - startNanos;
        sightings.forEach((what, times) -> System.out.printf("%10d  %s%n", times, what));
        System.out.printf("%.1f ms for a seed, %d of %d failed%n", took / MILLIS / seeds, failures.size(), seeds);
        failures.stream().limit(FAILURES_MAX).forEach(failure -> {
            System.out.println("--- seed " + failure.script() + ": " + failure.message());
            Failure smallest = Runs.shrink(failure);
            System.out.println("--- smallest: --script \"" + smallest.script() + "\"");
            tell(smallest.script());
        });
        failures.stream()
                .skip(FAILURES_MAX)
                .forEach(failure -> System.out.println("--- seed " + failure.script() + ": "
                        + failure.message().lines().findFirst().orElse("")));
        return failures.isEmpty();
    }

    private static boolean tell(Script script) {
        Runs.story(script).forEach(System.out::println);
        Optional<Failure> failure = Runs.play(script, new TreeMap<>());
        failure.ifPresent(broken -> broken.cause().printStackTrace(System.out));
        return failure.isEmpty();
    }
}
