package dev.daybook.core.place;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a placement policy decided.
 *
 * @param <T> a bookie, or a whole ensemble
 */
public sealed interface Placement<T> {
    /** @param adherence of the ensemble that it leads to */
    record Chosen<T>(T choice, Adherence adherence) implements Placement<T> {
        public Chosen(T choice) {
            this(choice, Adherence.MEETS_STRICT);
        }
    }

    /**
     * @param needed how many bookies were asked for
     * @param available how many would have been allowed
     */
    record NotEnough<T>(int needed, int available) implements Placement<T> {}

    /**
     * There are bookies enough, but none of their combinations keeps to a strict policy.
     *
     * @param constraint what could not be met, to be read after "that"
     * @param candidates the bookies that were considered, by location
     * @param leftOut bookies that were not, by the reason
     */
    record Unmet<T>(
            String constraint, Map<NetworkLocation, List<BookieId>> candidates, Map<String, List<BookieId>> leftOut)
            implements Placement<T> {
        public Unmet {
            candidates = Map.copyOf(candidates);
            leftOut = Map.copyOf(leftOut);
        }

        /** For a person: the constraint, and by which bookies it was not met. */
        public String describe() {
            Map<String, List<BookieId>> byName = new TreeMap<>();
            candidates.forEach((location, bookies) -> byName.put(location.toString(), bookies));
            return "no choice of bookies is such that " + constraint + "; considered: " + list(byName)
                    + (leftOut.isEmpty() ? "" : "; left out: " + list(new TreeMap<>(leftOut)));
        }

        private static String list(Map<String, List<BookieId>> groups) {
            return groups.isEmpty()
                    ? "none"
                    : groups.entrySet().stream()
                            .map(group -> group.getKey() + " " + group.getValue())
                            .collect(Collectors.joining(", "));
        }
    }
}
