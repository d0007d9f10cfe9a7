package dev.daybook.engine.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.compaction.CompactionRun.Mode;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactionScheduleTest {
    private static final Set<CompactionKind> NOBODY = Set.of();
    private static final CompactionRules RULES =
            new CompactionRules(new CompactionRule(0.2, 100, 7), new CompactionRule(0.8, 1000, 9));

    private final DiskBrake brake = new DiskBrake(new DiskBrake.Shares(0.90, 0.95, 0.93));
    private final CompactionSchedule schedule = new CompactionSchedule(RULES, brake, 5);

    @Test
    void runsEachKindWhenItsIntervalIsOver() {
        assertThat(decide(104)).isEmpty();
        assertThat(decide(105)).contains(Mode.MINOR);
        schedule.ran(new CompactionRun(Mode.MINOR, 0.2, 0), 105);
        assertThat(decide(204)).isEmpty();
        assertThat(decide(1005)).contains(Mode.MAJOR);
        schedule.ran(new CompactionRun(Mode.MAJOR, 0.8, 0), 1005);
        assertThat(decide(1104)).as("a major run counts as a minor one").isEmpty();
        assertThat(decide(1105)).contains(Mode.MINOR);
    }

    @Test
    void carriesThresholdAndTimeOfTheKind() {
        CompactionRun minor = schedule.decide(105, NOBODY).orElseThrow();
        assertThat(minor).isEqualTo(new CompactionRun(Mode.MINOR, 0.2, 7));
        assertThat(minor.isOver(1000, 1006)).isFalse();
        assertThat(minor.isOver(1000, 1007)).isTrue();
        assertThat(new CompactionRun(Mode.MINOR, 0.2, 0).isOver(0, Long.MAX_VALUE))
                .isFalse();
    }

    @Test
    void doesWhatAnOperatorAsksAtOnceUnlessItIsSuspended() {
        assertThat(schedule.decide(6, Set.of(CompactionKind.MINOR)).map(CompactionRun::mode))
                .contains(Mode.MINOR);
        assertThat(schedule.decide(6, Set.of(CompactionKind.MAJOR)).map(CompactionRun::mode))
                .contains(Mode.MAJOR);
        schedule.suspend(CompactionKind.MAJOR);
        assertThat(schedule.decide(6, Set.of(CompactionKind.MAJOR))).isEmpty();
        assertThat(schedule.refusalOf(CompactionKind.MAJOR))
                .hasValueSatisfying(why -> assertThat(why).contains("suspended"));
        assertThat(decide(2000)).as("the other kind goes on").contains(Mode.MINOR);
        schedule.resume(CompactionKind.MAJOR);
        assertThat(schedule.refusalOf(CompactionKind.MAJOR)).isEmpty();
        assertThat(decide(2000)).contains(Mode.MAJOR);
    }

    @Test
    void refusesWhatIsSwitchedOff() {
        CompactionSchedule off = new CompactionSchedule(
                new CompactionRules(new CompactionRule(0, 100, 0), new CompactionRule(0.8, 0, 0)), brake, 0);
        assertThat(off.decide(5000, NOBODY)).isEmpty();
        assertThat(off.refusalOf(CompactionKind.MINOR))
                .hasValueSatisfying(why -> assertThat(why).contains("daybook.bookie.compaction.minor.threshold"));
        assertThat(off.decide(5000, Set.of(CompactionKind.MINOR))).isEmpty();
        assertThat(off.decide(5000, Set.of(CompactionKind.MAJOR)).map(CompactionRun::mode))
                .as("no interval: only when asked")
                .contains(Mode.MAJOR);
    }

    @Test
    void aFillingDiskHoldsFirstMajorThenMinorAndResumesWithAGap() {
        brake.onUsage(0.899);
        assertThat(decide(5000)).contains(Mode.MAJOR);
        brake.onUsage(0.90);
        assertThat(decide(5000)).contains(Mode.MINOR);
        brake.onUsage(0.885);
        assertThat(decide(5000)).as("not far enough below").contains(Mode.MINOR);
        brake.onUsage(0.87);
        assertThat(decide(5000)).contains(Mode.MAJOR);
        brake.onUsage(0.95);
        assertThat(decide(5000)).contains(Mode.RELIEF);
        brake.onUsage(0.935);
        assertThat(decide(5000)).as("not far enough below").contains(Mode.RELIEF);
        brake.onUsage(0.929);
        assertThat(decide(5000)).contains(Mode.MINOR);
    }

    @Test
    void aFullDiskIsRelievedInEveryPassUnlessAnOperatorForbidsBothKinds() {
        brake.onUsage(0.99);
        CompactionRun relief = schedule.decide(6, NOBODY).orElseThrow();
        assertThat(relief).isEqualTo(new CompactionRun(Mode.RELIEF, 0.8, 0));
        schedule.ran(relief, 6);
        assertThat(decide(7)).contains(Mode.RELIEF);
        schedule.suspend(CompactionKind.MAJOR);
        assertThat(schedule.decide(6, NOBODY).orElseThrow().threshold()).isEqualTo(0.2);
        schedule.suspend(CompactionKind.MINOR);
        assertThat(decide(7)).isEmpty();
    }

    @Test
    void anOperatorGetsReliefInsteadOfAHeldKind() {
        brake.onUsage(0.91);
        assertThat(schedule.decide(6, Set.of(CompactionKind.MAJOR)).map(CompactionRun::mode))
                .contains(Mode.RELIEF);
    }

    private Optional<Mode> decide(long nowMillis) {
        return schedule.decide(nowMillis, NOBODY).map(CompactionRun::mode);
    }
}
