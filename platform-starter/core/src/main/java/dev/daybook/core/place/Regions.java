package dev.daybook.core.place;

import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ensembles balanced over regions, and over racks within each. Source: client protocol specification, section 20.3. */
final class Regions implements Terrain {
    static final NetworkLocation DEFAULT = NetworkLocation.parse("/default-region/default-rack");
    private static final int RACKS_PER_WRITE_SET = 2;
    /** Regions weigh more than racks in the order of trying. */
    private static final int REGION = 1024;

    private final Set<String> allowed;
    private final int minRegions;
    private final boolean strict;
    private final Optional<NetworkLocation> here;

    /** @param allowed the regions to write to, all of which count for durability; empty if every region will do */
    Regions(Set<String> allowed, int minRegions, boolean strict, Optional<NetworkLocation> here) {
        this.allowed = Set.copyOf(allowed);
        this.minRegions = minRegions;
        this.strict = strict;
        this.here = here;
    }

    @Override
    public NetworkLocation defaultLocation() {
        return DEFAULT;
    }

    @Override
    public int depth() {
        return 2;
    }

    @Override
    public Optional<String> refusal(NetworkLocation location) {
        if (!allowed.isEmpty() && !allowed.contains(location.top())) {
            return Optional.of("region not in " + allowed.stream().sorted().toList());
        }
        return strict && location.equals(DEFAULT) ? Optional.of("region unknown") : Optional.empty();
    }

    @Override
    public Optional<String> misfit(Quorum quorum) {
        int tooFew = quorum.write() - quorum.write() / minRegions;
        boolean durable = quorum.ack() >= minRegions && quorum.ack() > tooFew;
        return allowed.isEmpty() || durable
                ? Optional.empty()
                : Optional.of("acknowledged entries survive the loss of " + (minRegions - 1) + " of " + minRegions
                        + " regions with " + quorum + "; the ack quorum must be at least "
                        + Math.max(minRegions, tooFew + 1));
    }

    @Override
    public List<WindowRule> ladder(Quorum quorum) {
        WindowRule goal = allowed.isEmpty() ? span(quorum) : durable(quorum);
        List<WindowRule> ladder = new ArrayList<>();
        ladder.add(goal.and(Racks.span(quorum, RACKS_PER_WRITE_SET)));
        ladder.add(goal);
        if (!strict) {
            WindowRule racks = Racks.span(quorum, RACKS_PER_WRITE_SET);
            ladder.add(new WindowRule(racks.words(), Adherence.FAILS, racks.test(), racks.supply()));
            ladder.add(WindowRule.anything(Adherence.FAILS));
        }
        return ladder;
    }

    private WindowRule span(Quorum quorum) {
        int regions = Math.min(quorum.write(), minRegions);
        return new WindowRule(
                "every write set of " + quorum.write() + " spans " + regions + " regions",
                Adherence.MEETS_STRICT,
                (present, open) -> count(present).size() + open >= regions,
                available -> count(available).size() >= regions);
    }

    /** Members only ever add to a region's share, so a window that is not full is judged as it stands. */
    private WindowRule durable(Quorum quorum) {
        return new WindowRule(
                "no " + (minRegions - 1) + " of the regions hold " + quorum.ack() + " copies of an entry",
                Adherence.MEETS_STRICT,
                (present, open) -> count(present).values().stream()
                                .sorted(Comparator.reverseOrder())
                                .limit(minRegions - 1L)
                                .mapToInt(Integer::intValue)
                                .sum()
                        < quorum.ack(),
                available -> count(available).size() >= minRegions);
    }

    private static Map<String, Integer> count(Collection<NetworkLocation> present) {
        Map<String, Integer> counts = new HashMap<>();
        present.forEach(location -> counts.merge(location.top(), 1, Integer::sum));
        return counts;
    }

    @Override
    public int reluctance(NetworkLocation candidate, List<NetworkLocation> chosen) {
        List<String> regions = chosen.stream().map(NetworkLocation::top).collect(Collectors.toList());
        int share = Collections.frequency(regions, candidate.top());
        int remote = here.isEmpty() || here.get().top().equals(candidate.top()) ? 0 : 1;
        return (2 * share + remote) * REGION + Collections.frequency(chosen, candidate);
    }

    @Override
    public int reluctanceToReplace(
            NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining) {
        int elsewhere = candidate.top().equals(replaced.top()) ? 0 : REGION;
        return elsewhere + Racks.sameThenUnused(candidate, replaced, remaining);
    }
}
