package dev.daybook.storage.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What becomes of changes that were not synced when the power goes. */
public enum Survival {
    /** Everything unsynced is lost. */
    NOTHING,
    /** Everything reached the disk by itself. */
    EVERYTHING,
    /** Everything up to some moment, and the change of that moment torn. */
    PREFIX,
    /** Each change decides for itself. */
    SUBSET,
    /** One change and no other. */
    ONE,
    /** All changes but one. */
    ALL_BUT_ONE,
    /** Each file and each directory, all of it or nothing. */
    FILES,
    /** Each file and each directory up to a moment of its own. */
    FILE_PREFIXES,
    /** Each sector of each page decides for itself, as do sizes and names. */
    SECTORS,
    /** Names and sizes without the bytes. */
    ONLY_METADATA,
    /** Bytes without names and sizes. */
    ONLY_BYTES;

    /** @param changes in the order in which they were made */
    Fate[] choose(List<Unsynced> changes, Random random) {
        int count = changes.size();
        Fate[] fates = new Fate[count];
        Arrays.fill(fates, this == EVERYTHING || this == ALL_BUT_ONE ? Fate.KEPT : Fate.LOST);
        switch (this) {
            case NOTHING, EVERYTHING -> {}
            case PREFIX -> keepUpTo(random.nextInt(count + 1), fates, random);
            case SUBSET -> keepSome(fates, random);
            case ONE -> setOne(fates, Fate.KEPT, random);
            case ALL_BUT_ONE -> setOne(fates, Fate.LOST, random);
            case FILES -> keepPlaces(changes, fates, random, false);
            case FILE_PREFIXES -> keepPlaces(changes, fates, random, true);
            case SECTORS -> {
                for (int i = 0; i < count; i++) {
                    boolean page = changes.get(i) instanceof Unsynced.Page;
                    fates[i] = page ? Fate.TORN : random.nextBoolean() ? Fate.KEPT : Fate.LOST;
                }
            }
            case ONLY_METADATA, ONLY_BYTES -> {
                for (int i = 0; i < count; i++) {
                    boolean page = changes.get(i) instanceof Unsynced.Page;
                    fates[i] = page == (this == ONLY_BYTES) ? Fate.KEPT : Fate.LOST;
                }
            }
        }
        return fates;
    }

    private static void keepUpTo(int end, Fate[] fates, Random random) {
        Arrays.fill(fates, 0, end, Fate.KEPT);
        if (end < fates.length && random.nextBoolean()) {
            fates[end] = Fate.TORN;
        }
    }

    private static void keepSome(Fate[] fates, Random random) {
        int percent = 10 + random.nextInt(81);
        for (int i = 0; i < fates.length; i++) {
            fates[i] = random.nextInt(100) < percent ? Fate.KEPT : Fate.LOST;
        }
    }

    private static void setOne(Fate[] fates, Fate fate, Random random) {
        if (fates.length > 0) {
            fates[random.nextInt(fates.length)] = fate;
        }
    }

    private static void keepPlaces(List<Unsynced> changes, Fate[] fates, Random random, boolean partly) {
        Map<Object, Integer> kept = new HashMap<>();
        for (int i = 0; i < fates.length; i++) {
            // The dice are thrown in the order of the changes, so that a seed replays.
            int rest = kept.computeIfAbsent(
                    changes.get(i).place(),
                    place -> partly ? random.nextInt(6) : random.nextBoolean() ? Integer.MAX_VALUE : 0);
            fates[i] = rest > 0 ? Fate.KEPT : Fate.LOST;
            kept.put(changes.get(i).place(), rest - 1);
        }
    }
}
