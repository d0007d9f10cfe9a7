package dev.daybook.core.place;

import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Optional;

/** What one policy knows of racks, regions or zones. Stateless. */
interface Terrain {
    /** Of bookies whose location is unknown or of another depth. */
    NetworkLocation defaultLocation();

    /** Locations of another depth do not fit; 0 if all do. */
    int depth();

    /** Why no bookie in this location may be chosen, whatever the need. */
    Optional<String> refusal(NetworkLocation location);

    /** What is wrong with quorums that this policy can never place; empty if nothing. */
    Optional<String> misfit(Quorum quorum);

    /** What to try for, strictest first. Never empty. Best effort ends with {@link WindowRule#anything}. */
    List<WindowRule> ladder(Quorum quorum);

    /** Which candidate to try first for a new ensemble: the one with the smallest value. */
    int reluctance(NetworkLocation candidate, List<NetworkLocation> chosen);

    /** Which candidate to try first in place of a member. */
    int reluctanceToReplace(NetworkLocation candidate, NetworkLocation replaced, List<NetworkLocation> remaining);
}
