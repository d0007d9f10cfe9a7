package dev.daybook.storage.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The moment at which the power of a machine goes: what is not durable then, and what the machine may find afterwards.
 * The disks are not changed, so that one moment can end in many ways.
 */
public final class PowerLoss {
    private final List<SimDisk> disks;
    private final List<Unsynced> changes = new ArrayList<>();

    public PowerLoss(List<SimDisk> disks) {
        this.disks = disks;
        Set<SimFile> files = new LinkedHashSet<>();
        for (SimDisk disk : disks) {
            changes.addAll(disk.unsyncedNames());
            files.addAll(disk.reachableFiles());
        }
        files.forEach(file -> changes.addAll(file.unsynced()));
        changes.sort(Comparator.comparingLong(Unsynced::order));
    }

    /** How many changes may survive or not. */
    public int changes() {
        return changes.size();
    }

    /** One way in which it may end. Equal outcomes leave the same disks. */
    public final class Outcome {
        private final IdentityHashMap<Unsynced, Fate> fates = new IdentityHashMap<>();
        private final String key;
        private final long torn;

        Outcome(Fate[] chosen, long torn) {
            this.torn = torn;
            Map<Object, Integer> names = new HashMap<>();
            boolean anyTorn = false;
            for (int i = 0; i < chosen.length; i++) {
                Unsynced change = changes.get(i);
                Fate fate = chosen[i] == Fate.TORN && !(change instanceof Unsynced.Page) ? Fate.KEPT : chosen[i];
                fates.put(change, fate);
                anyTorn |= fate == Fate.TORN;
                if (change instanceof Unsynced.Name && fate == Fate.KEPT) {
                    names.merge(change.place(), 1, Integer::sum);
                }
            }
            if ((torn & 1) == 0) {
                settleNames(names);
            }
            StringBuilder text = new StringBuilder();
            changes.forEach(change ->
                    text.append(fates.getOrDefault(change, Fate.LOST).name().charAt(0)));
            key = text.append(anyTorn ? Long.toString(torn) : "").toString();
        }

        /**
         * Most file systems journal their directories: the changes up to some moment survive. Others log the names of
         * synced files one by one, so half of the outcomes leave the choice as it is.
         */
        private void settleNames(Map<Object, Integer> survivors) {
            for (Unsynced change : changes) {
                if (change instanceof Unsynced.Name) {
                    int left = survivors.getOrDefault(change.place(), 0);
                    fates.put(change, left > 0 ? Fate.KEPT : Fate.LOST);
                    survivors.put(change.place(), left - 1);
                }
            }
        }

        /** What the machine finds, disk by disk. All of it is durable. */
        public List<SimDisk> disks(SimDisk.Power power) {
            Random random = new Random(torn);
            Map<SimFile, SimFile> found = new HashMap<>();
            return disks.stream()
                    .map(disk ->
                            disk.afterPowerLoss(change -> fates.getOrDefault(change, Fate.LOST), random, found, power))
                    .toList();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome outcome && outcome.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public String toString() {
            return key;
        }
    }

    public Outcome outcome(Survival survival, Random random) {
        return new Outcome(survival.choose(changes, random), random.nextLong());
    }

    /** @param survivors bit i says whether change i survives; there are at most 62 changes */
    public Outcome outcome(long survivors) {
        Fate[] fates = new Fate[changes.size()];
        for (int i = 0; i < fates.length; i++) {
            fates[i] = (survivors >> i & 1) == 1 ? Fate.KEPT : Fate.LOST;
        }
        return new Outcome(fates, 0);
    }
}
