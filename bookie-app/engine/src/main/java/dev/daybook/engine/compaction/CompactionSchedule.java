package dev.daybook.engine.compaction;

import dev.daybook.engine.compaction.KindCase.Action;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which compaction a directory gets in a pass. At most one kind runs: the major one if it may, else the minor
 * one. On a full disk both are held, and relief takes their place: without it a disk whose logs are all half dead would
 * stay full for ever. Times are milliseconds of a clock that does not go back.
 */
public final class CompactionSchedule {
    private final CompactionRules rules;
    private final DiskBrake brake;
    private final Set<CompactionKind> suspended = EnumSet.noneOf(CompactionKind.class);
    private final Map<CompactionKind, Long> lastMillis = new EnumMap<>(CompactionKind.class);

    /** @param nowMillis both intervals begin now */
    public CompactionSchedule(CompactionRules rules, DiskBrake brake, long nowMillis) {
        this.rules = rules;
        this.brake = brake;
        for (CompactionKind kind : CompactionKind.values()) {
            lastMillis.put(kind, nowMillis);
        }
    }

    /** An operator holds a kind back until it is resumed, also when somebody asks for it. */
    public void suspend(CompactionKind kind) {
        suspended.add(kind);
    }

    public void resume(CompactionKind kind) {
        suspended.remove(kind);
    }

    public boolean isSuspended(CompactionKind kind) {
        return suspended.contains(kind);
    }

    public boolean isHeldByDisk(CompactionKind kind) {
        return brake.holds(kind);
    }

    /** Why an operator cannot have this kind now, in one sentence. */
    public Optional<String> refusalOf(CompactionKind kind) {
        if (actionOf(kind, true, Long.MIN_VALUE) != Action.REFUSE) {
            return Optional.empty();
        }
        String name = kind == CompactionKind.MINOR ? "minor" : "major";
        return Optional.of(
                rules.of(kind).isEnabled()
                        ? "The " + name + " compaction is suspended: resume it first."
                        : "The " + name + " compaction is switched off by daybook.bookie.compaction." + name
                                + ".threshold: give it a threshold between 0 and 1.");
    }

    /**
     * What to do now.
     *
     * @param asked kinds that an operator wants now
     */
    public Optional<CompactionRun> decide(long nowMillis, Set<CompactionKind> asked) {
        boolean relief = brake.isFull();
        for (CompactionKind kind : new CompactionKind[] {CompactionKind.MAJOR, CompactionKind.MINOR}) {
            Action action = actionOf(kind, asked.contains(kind), nowMillis);
            if (action == Action.RUN) {
                CompactionRun.Mode mode =
                        kind == CompactionKind.MAJOR ? CompactionRun.Mode.MAJOR : CompactionRun.Mode.MINOR;
                return Optional.of(new CompactionRun(
                        mode, rules.of(kind).threshold(), rules.of(kind).maxMillis()));
            }
            relief |= action == Action.RELIEVE;
        }
        double threshold = highestThreshold();
        return relief && threshold > 0
                ? Optional.of(new CompactionRun(CompactionRun.Mode.RELIEF, threshold, 0))
                : Optional.empty();
    }

    private Action actionOf(CompactionKind kind, boolean asked, long nowMillis) {
        CompactionRule rule = rules.of(kind);
        boolean due = rule.isDue(lastMillis.getOrDefault(kind, nowMillis), nowMillis);
        return KindCase.of(
                        new KindCase.Facts(asked, rule.isEnabled(), due, suspended.contains(kind), brake.holds(kind)))
                .action();
    }

    /** Of the kinds that may be done at all; 0 if none may. */
    private double highestThreshold() {
        double highest = 0;
        for (CompactionKind kind : CompactionKind.values()) {
            if (!suspended.contains(kind)) {
                highest = Math.max(highest, rules.of(kind).threshold());
            }
        }
        return highest;
    }

    /** A run has ended. A major one did the work of a minor one, too. */
    public void ran(CompactionRun run, long nowMillis) {
        if (run.mode() == CompactionRun.Mode.MAJOR) {
            lastMillis.put(CompactionKind.MAJOR, nowMillis);
        }
        if (run.mode() != CompactionRun.Mode.RELIEF) {
            lastMillis.put(CompactionKind.MINOR, nowMillis);
        }
    }
}
