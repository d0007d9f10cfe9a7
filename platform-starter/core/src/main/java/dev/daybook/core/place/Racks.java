package dev.daybook.core.place;

import dev.daybook.protocol.model.Quorum;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every write set on several racks. Source: client protocol specification, section 20.2. */
final class Racks implements Terrain {
    static final NetworkLocation DEFAULT = NetworkLocation.parse("/default-rack");

    private final int minRacks;
    private final boolean strict;
    private final Optional<NetworkLocation> here;

    /** @param here where the client stands; its rack comes first */
    Racks(int minRacks, boolean strict, Optional<NetworkLocation> here) {
        this.minRacks = minRacks;
        this.strict = strict;
        this.here = here;
    }

    @Override
    public NetworkLocation defaultLocation() {
        return DEFAULT;
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public Optional<String> refusal(NetworkLocation location) {
        return strict && location.equals(DEFAULT) ? Optional.of("rack unknown") : Optional.empty();
    }

    @Override
    public Optional<String> misfit(Quorum quorum) {
        return Optional.empty();
    }

    @Override
    public List<WindowRule> ladder(Quorum quorum) {
        WindowRule span = span(quorum, minRacks);
        return strict ? List.of(span) : List.of(span, WindowRule.anything(Adherence.FAILS));
    }

    static WindowRule span(Quorum quorum, int minRacks) {
        int racks = Math.min(quorum.write(), minRacks);
        return new WindowRule(
                "every write set of " + quorum.write() + " spans " + racks + " racks",
                Adherence.MEETS_STRICT,
                (present, open) -> Set.copyOf(present).size() + open >= racks,
                available -> available.size() >= racks);
    }

    @Override
    public int reluctance(NetworkLocation candidate, List<NetworkLocation> chosen) {
        if (chosen.isEmpty()) {
            return here.isEmpty() || here.get().equals(candidate) ? 0 : 1;
        }
        return Collections.frequency(chosen, candidate);
    }

    @Override
    public int reluctanceToReplace(
            NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining) {
        return sameThenUnused(candidate, replaced, remaining);
    }

    static int sameThenUnused(NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining) {
        return candidate.equals(replaced) ? 0 : 1 + Collections.frequency(remaining, candidate);
    }
}
