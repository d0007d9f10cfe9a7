package dev.daybook.simulator.run;

import dev.daybook.protocol.model.Quorum;
import dev.daybook.simulator.bookie.BookieMix;
import dev.daybook.simulator.client.WriterPlan;
import dev.daybook.simulator.meta.MetadataWeather;
import dev.daybook.simulator.net.Weather;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run written down by hand: one writer, one ledger, a network that delays nothing but what is kept back here. Members of
 * the first ensemble are called e0, e1 and so on, all other bookies s0, s1. Each line is one of
 *
 * <pre>
 * # what this is about
 * mutants A1 A1b            under which the run must break
 * breaks I4                 this rule
 * ledger 2 2 2              ensemble, write quorum, ack quorum; the first entry is appended at once
 * spares 1                  bookies that are no members
 * deadline 100              ticks for each request
 * lose add 0 w1&gt;e0
 * hold add 0 w1&gt;e1 until c1 hears read of 0 from e1
 * when w1 hears STORED of 0 from e0: recover
 * when w1 has created, 60 later: append
 * when w1 proposes: hide s0
 * when w1 proposes, 300 later: show s0
 * </pre>
 *
 * A message may contain {@code *}; what follows {@code until} and {@code when} is how a line of the story begins.
 *
 * @param deadlineTicks for a request to a bookie
 */
public record Transcript(
        List<String> mutants,
        String rule,
        Quorum quorum,
        int spares,
        int deadlineTicks,
        List<Pattern> losses,
        List<Hold> holds,
        List<Cue> cues) {
    static final long SEED = 1;
    private static final int HORIZON_TICKS = 1500;
    private static final Pattern CUE = Pattern.compile("when (.+?)(?:, (\\d+) later)?: (\\w+) ?(\\w*)");
    private static final Pattern HOLD = Pattern.compile("hold (.+) until (.+)");

    /** Messages that do not get on before a line of the story has come. */
    record Hold(Pattern message, String until) {}

    /** What is done once a line of the story has come. */
    record Cue(String when, int ticksLater, String action, String object) {}

    public static Transcript parse(String text) {
        List<String> mutants = new ArrayList<>();
        String rule = "";
        Quorum quorum = new Quorum(3, 3, 2);
        int spares = 0;
        int deadlineTicks = 300;
        List<Pattern> losses = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        List<Cue> cues = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            String[] words = line.split(" ", 2);
            String rest = words.length == 1 ? "" : words[1];
            switch (words[0]) {
                case "", "#" -> {
                    // For people.
                }
                case "mutants" -> mutants.addAll(List.of(rest.split(" ", -1)));
                case "breaks" -> rule = rest;
                case "ledger" -> quorum = quorum(rest);
                case "spares" -> spares = Integer.parseInt(rest);
                case "deadline" -> deadlineTicks = Integer.parseInt(rest);
                case "lose" -> losses.add(glob(rest));
                case "hold" -> holds.add(hold(line));
                case "when" -> cues.add(cue(line));
                default -> throw new IllegalArgumentException("A transcript does not know this line: " + line);
            }
        }
        return new Transcript(mutants, rule, quorum, spares, deadlineTicks, losses, holds, cues);
    }

    private static Quorum quorum(String text) {
        String[] sizes = text.split(" ", -1);
        return new Quorum(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
    }

    private static Pattern glob(String message) {
        return Pattern.compile(Pattern.quote(message).replace("*", "\\E.*\\Q"));
    }

    private static Hold hold(String line) {
        Matcher matcher = matching(HOLD, line);
        return new Hold(glob(matcher.group(1)), matcher.group(2));
    }

    private static Cue cue(String line) {
        Matcher matcher = matching(CUE, line);
        int later = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return new Cue(matcher.group(1), later, matcher.group(3), matcher.group(4));
    }

    private static Matcher matching(Pattern form, String line) {
        Matcher matcher = form.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A transcript does not understand: " + line);
        }
        return matcher;
    }

    /** Nothing happens but what the transcript says. */
    Plan plan() {
        return new Plan(
                EnumSet.noneOf(FaultKind.class),
                Weather.FINE,
                new MetadataWeather(1, 0, 0, 0, 0, 0),
                BookieMix.PLAIN,
                List.of(new WriterPlan(quorum, WriterPlan.Kind.IN_ORDER, 1, 0, 40, false)),
                quorum.ensemble() + spares,
                new Crowd(0, false, 0, 0, 0),
                deadlineTicks,
                HORIZON_TICKS,
                0);
    }
}
