package dev.daybook.engine.compaction;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Which entry log is rewritten next. The lowest live share comes first: it frees most for what it costs. A log is
 * chosen only if the copy fits into the free space without touching the reserve, which is kept for the flushes and
 * checkpoints that must still succeed; each rewritten log gives back more than its copy took, so the next one has more
 * room than the one before.
 */
public final class CompactionChoice {
    private final double threshold;

    public CompactionChoice(CompactionRun run) {
        this.threshold = run.threshold();
    }

    /**
     * The next log.
     *
     * @param sealed logs that nobody appends to any more
     * @param passedOver logs that this run has dealt with already, or that are damaged
     * @param spendableBytes free space less the reserve
     */
    public Optional<LogLoad> next(Collection<LogLoad> sealed, Set<Integer> passedOver, long spendableBytes) {
        return sealed.stream()
                .filter(log -> log.liveShare() < threshold)
                .filter(log -> !passedOver.contains(log.logId()))
                .filter(log -> log.liveBytes() <= spendableBytes)
                .min(Comparator.comparingDouble(LogLoad::liveShare).thenComparingInt(LogLoad::logId));
    }
}
