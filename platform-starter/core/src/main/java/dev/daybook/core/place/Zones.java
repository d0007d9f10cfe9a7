package dev.daybook.core.place;

import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every write set over several zones, and what falls into one zone over upgrade domains, which are taken down together.
 * Source: client protocol specification, section 20.4.
 */
final class Zones implements Terrain {
    static final NetworkLocation DEFAULT = NetworkLocation.parse("/default-zone/default-upgradedomain");

    private final int minZones;
    private final int desiredZones;
    private final boolean strict;

    Zones(int minZones, int desiredZones, boolean strict) {
        this.minZones = minZones;
        this.desiredZones = desiredZones;
        this.strict = strict;
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
        return strict && location.equals(DEFAULT) ? Optional.of("zone unknown") : Optional.empty();
    }

    @Override
    public Optional<String> misfit(Quorum quorum) {
        boolean fits = quorum.ensemble() % quorum.write() == 0 && quorum.write() > minZones;
        return !strict || fits
                ? Optional.empty()
                : Optional.of("zones are kept apart with " + quorum
                        + "; the ensemble must be a multiple of the write quorum, which must be more than " + minZones);
    }

    @Override
    public List<WindowRule> ladder(Quorum quorum) {
        List<WindowRule> ladder = new ArrayList<>();
        ladder.add(zones(quorum, desiredZones, Adherence.MEETS_STRICT).and(apart()));
        ladder.add(zones(quorum, desiredZones, Adherence.MEETS_STRICT).and(notTogether()));
        ladder.add(zones(quorum, minZones, Adherence.MEETS_SOFT).and(apart()));
        ladder.add(zones(quorum, minZones, Adherence.MEETS_SOFT).and(notTogether()));
        ladder.add(zones(quorum, minZones, Adherence.FAILS));
        if (!strict) {
            ladder.add(WindowRule.anything(Adherence.FAILS));
        }
        return ladder;
    }

    private static WindowRule zones(Quorum quorum, int wanted, Adherence worth) {
        int zones = Math.min(quorum.write(), wanted);
        return new WindowRule(
                "every write set of " + quorum.write() + " spans " + zones + " zones",
                worth,
                (present, open) -> byZone(present).size() + open >= zones,
                available -> byZone(available).size() >= zones);
    }

    /** No two of a zone in one upgrade domain. */
    private static WindowRule apart() {
        return new WindowRule(
                "its bookies are in different upgrade domains",
                Adherence.MEETS_STRICT,
                (present, open) -> Set.copyOf(present).size() == present.size(),
                available -> true);
    }

    /** Not all of a zone in one upgrade domain. */
    private static WindowRule notTogether() {
        return new WindowRule(
                "no zone's bookies are all in one upgrade domain",
                Adherence.MEETS_STRICT,
                (present, open) -> byZone(present).values().stream()
                        .allMatch(members -> open > 0 || members.size() < 2 || new HashSet<>(members).size() > 1),
                available -> true);
    }

    private static Map<String, List<NetworkLocation>> byZone(Collection<NetworkLocation> present) {
        return present.stream().collect(Collectors.groupingBy(NetworkLocation::top));
    }

    /** Zones in turn: the one whose last member lies furthest back. */
    @Override
    public int reluctance(NetworkLocation candidate, List<NetworkLocation> chosen) {
        for (int back = 1; back <= chosen.size(); back++) {
            if (chosen.get(chosen.size() - back).top().equals(candidate.top())) {
                return chosen.size() + 1 - back;
            }
        }
        return 0;
    }

    @Override
    public int reluctanceToReplace(
            NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining) {
        return candidate.top().equals(replaced.top()) ? 0 : 1;
    }
}
