package dev.daybook.client.repair;

import dev.daybook.core.repair.RepairTally;
import java.util.concurrent.CompletionStage;

/** A repair under way. Thread-safe. */
public interface RepairRun {
    CompletionStage<RepairReport> end();

    /** What was done so far. */
    RepairTally progress();
}
