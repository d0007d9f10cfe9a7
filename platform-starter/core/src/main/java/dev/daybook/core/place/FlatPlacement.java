package dev.daybook.core.place;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Random choice among the writable bookies, no topology. Source: client protocol specification, section 20.5. */
public final class FlatPlacement implements PlacementPolicy {
    private final PlacementPolicy spread = new SpreadPlacement(new Plain());

    @Override
    public Placement<List<BookieId>> newEnsemble(
            ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice) {
        return spread.newEnsemble(cluster, quorum, excluded, dice);
    }

    @Override
    public Placement<BookieId> replacement(
            ClusterSnapshot cluster,
            Quorum quorum,
            List<BookieId> ensemble,
            int position,
            Set<BookieId> excluded,
            Dice dice) {
        return spread.replacement(cluster, quorum, ensemble, position, excluded, dice);
    }

    /** Every place is like every other. */
    private static final class Plain implements Terrain {
        private static final NetworkLocation ANYWHERE = NetworkLocation.parse("/anywhere");
        private static final List<WindowRule> LADDER = List.of(WindowRule.anything(Adherence.MEETS_STRICT));

        @Override
        public NetworkLocation defaultLocation() {
            return ANYWHERE;
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public Optional<String> refusal(NetworkLocation location) {
            return Optional.empty();
        }

        @Override
        public Optional<String> misfit(Quorum quorum) {
            return Optional.empty();
        }

        @Override
        public List<WindowRule> ladder(Quorum quorum) {
            return LADDER;
        }

        @Override
        public int reluctance(NetworkLocation candidate, List<NetworkLocation> chosen) {
            return 0;
        }

        @Override
        public int reluctanceToReplace(
                NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining) {
            return 0;
        }
    }
}
