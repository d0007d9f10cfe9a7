package dev.daybook.client.repair;

import dev.daybook.core.repair.RepairTally;
import java.util.concurrent.CompletionStage;

/** A repair under way. Thread-safe. */
public interface RepairRun {
    CompletionStage<RepairReport> end();

    /**
     * Has it end soon, without anything being begun any more; what is under way is finished or left. Its end fails then,
     * unless it has ended before.
     */
    void abandon();

    /** What was done so far. */
    RepairTally progress();
}
