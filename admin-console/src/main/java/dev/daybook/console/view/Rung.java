package dev.daybook.console.view;

import dev.daybook.console.cluster.FragmentRisk.Level;
import dev.daybook.console.cluster.MarkedLedgers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A step of the risk ladder: how many marked ledgers there are of one level.
 *
 * @param code names the level in addresses
 */
public record Rung(String code, Mark mark, Num ledgers) {
    /** Those that occur, the worst first. */
    public static List<Rung> of(MarkedLedgers marked) {
        Map<Level, Long> ladder = marked.ladder();
        List<Rung> rungs = new ArrayList<>();
        for (Level level : Level.values()) {
            Long ledgers = ladder.get(level);
            if (ledgers != null) {
                rungs.add(0, new Rung(code(level), mark(level), Num.count(ledgers)));
            }
        }
        return rungs;
    }

    public static Optional<Level> level(String code) {
        return Arrays.stream(Level.values())
                .filter(level -> code(level).equals(code))
                .findFirst();
    }

    public static String code(Level level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Mark mark(Level level) {
        return switch (level) {
            case UNREADABLE -> new Mark("bad", "not readable now");
            case LAST_COPY -> new Mark("warn", "last copy");
            case REDUCED -> new Mark("half", "fewer copies");
            case COMPLETE -> new Mark("ok", "all reachable again");
            case EMPTY -> new Mark("done", "no entries");
            case UNKNOWN -> new Mark("none", "not known yet");
        };
    }
}
