package dev.daybook.core.repair;

import java.util.Map;
import java.util.TreeMap;

/**
 * A range that lacks copies.
 *
 * @param faults by position in the ensemble; not empty
 */
public record FaultyRange(EntryRange range, Map<Integer, Fault> faults) {
    public FaultyRange {
        faults = new TreeMap<>(faults);
    }
}
