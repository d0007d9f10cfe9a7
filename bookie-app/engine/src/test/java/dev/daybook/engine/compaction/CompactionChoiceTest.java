package dev.daybook.engine.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.compaction.CompactionRun.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactionChoiceTest {
    private final CompactionChoice choice = new CompactionChoice(new CompactionRun(Mode.MAJOR, 0.8, 0));
    private final List<LogLoad> logs = List.of(
            new LogLoad(1, 1000, 800),
            new LogLoad(2, 1000, 799),
            new LogLoad(3, 1000, 100),
            new LogLoad(4, 100, 5),
            new LogLoad(5, 1000, 100),
            new LogLoad(6, 10, 20));

    @Test
    void takesTheLowestLiveShareFirst() {
        Set<Integer> done = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        for (Optional<LogLoad> next = choice.next(logs, done, 1000);
                next.isPresent();
                next = choice.next(logs, done, 1000)) {
            order.add(next.get().logId());
            done.add(next.get().logId());
        }
        assertThat(order).containsExactly(4, 3, 5, 2);
    }

    @Test
    void takesOnlyWhatFits() {
        assertThat(choice.next(logs, Set.of(), 4)).isEmpty();
        assertThat(choice.next(logs, Set.of(), -1)).isEmpty();
        assertThat(choice.next(logs, Set.of(4), 99)).isEmpty();
        assertThat(choice.next(logs, Set.of(4), 100)).map(LogLoad::logId).contains(3);
    }

    /** However full the disk: as long as one log fits, the run ends with nothing left that is worth it. */
    @Test
    void aFullDiskIsWonBackLogByLog() {
        long seed = Long.getLong("daybook.seed", System.nanoTime());
        Random dice = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            List<LogLoad> left = new ArrayList<>();
            long smallest = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                LogLoad log = new LogLoad(i, 1000, dice.nextInt(1001));
                left.add(log);
                smallest = Math.min(smallest, log.liveBytes());
            }
            long free = Math.max(smallest, 800);
            for (Optional<LogLoad> next = choice.next(left, Set.of(), free);
                    next.isPresent();
                    next = choice.next(left, Set.of(), free)) {
                left.remove(next.get());
                free += next.get().bytes() - next.get().liveBytes();
            }
            assertThat(left)
                    .as("seed %d", seed)
                    .allSatisfy(log -> assertThat(log.liveShare()).isGreaterThanOrEqualTo(0.8));
        }
    }
}
