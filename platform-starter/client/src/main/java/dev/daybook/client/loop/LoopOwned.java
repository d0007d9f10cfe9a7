package dev.daybook.client.loop;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.protocol.model.BookieId;

/** Something under way on a loop. All methods are called on that loop. */
interface LoopOwned {
    default void onClusterChanged(ClusterSnapshot cluster) {}

    /** Requests to the bookie that were under way fail on their own. */
    default void onConnectionLost(BookieId bookie) {}

    /** The client shuts down: end now, and tell whoever waits. */
    void abandon();
}
