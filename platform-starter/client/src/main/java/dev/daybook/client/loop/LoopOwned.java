package dev.daybook.client.loop;

import dev.daybook.core.place.ClusterSnapshot;

/** Something under way on a loop. Both methods are called on that loop. */
interface LoopOwned {
    default void onClusterChanged(ClusterSnapshot cluster) {}

    /** The client shuts down: end now, and tell whoever waits. */
    void abandon();
}
