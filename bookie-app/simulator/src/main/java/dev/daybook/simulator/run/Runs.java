package dev.daybook.simulator.run;

import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plays scripts. */
public final class Runs {
    private Runs() {}

    /** Plays one script and adds what was seen to the totals. */
    public static Optional<Failure> play(Script script, Map<String, Long> sightings) {
        Simulation simulation = new Simulation(script, false);
        Optional<Failure> failure = play(script, simulation);
        simulation.world().sightings().forEach((what, times) -> sightings.merge(what, times, Long::sum));
        return failure;
    }

    /** Plays what somebody has written down. */
    public static Optional<Failure> play(Transcript transcript) {
        return play(Script.of(Transcript.SEED), Simulation.of(transcript, false));
    }

    /** Everything that happens in a run that somebody has written down. */
    public static List<String> story(Transcript transcript) {
        return story(Script.of(Transcript.SEED), Simulation.of(transcript, true));
    }

    private static Optional<Failure> play(Script script, Simulation simulation) {
        try {
            simulation.play();
            return Optional.empty();
        } catch (BrokenRule broken) {
            return Optional.of(
                    new Failure(script, broken.rule(), broken.ledgerId(), String.valueOf(broken.getMessage()), broken));
        } catch (RuntimeException | AssertionError bug) {
            return Optional.of(
                    new Failure(script, bug.getClass().getSimpleName(), BrokenRule.NO_LEDGER, bug.toString(), bug));
        }
    }

    /** Leaves out one planned thing after the other, as long as the same rule is broken. */
    public static Failure shrink(Failure failure) {
        Failure smallest = failure;
        Simulation whole = new Simulation(failure.script(), false);
        play(failure.script(), whole);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int number : whole.planned().keySet()) {
                if (smallest.script().omitted().contains(number)) {
                    continue;
                }
                Script less = smallest.script().without(number);
                Optional<Failure> still = play(less, new Simulation(less, false));
                if (still.isPresent() && still.get().rule().equals(failure.rule())) {
                    smallest = still.get();
                    smaller = true;
                }
            }
        }
        return smallest;
    }

    /** The story of one script: what concerns the ledger of the failure, or everything if it succeeds. */
    public static List<String> story(Script script) {
        return story(script, new Simulation(script, true));
    }

    private static List<String> story(Script script, Simulation simulation) {
        Optional<Failure> failure = play(script, simulation);
        long ledgerId = failure.map(Failure::ledgerId).orElse(BrokenRule.NO_LEDGER);
        List<String> lines = simulation.world().trace().stream()
                .filter(line -> ledgerId == BrokenRule.NO_LEDGER
                        || line.ledgerId() == BrokenRule.NO_LEDGER
                        || line.ledgerId() == ledgerId)
                .map(World.Line::toString)
                .collect(Collectors.toList());
        failure.ifPresent(broken -> lines.add(simulation.world().now() + " ! " + broken.message()));
        return lines;
    }
}
