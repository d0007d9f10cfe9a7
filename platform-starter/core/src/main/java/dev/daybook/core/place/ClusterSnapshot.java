package dev.daybook.core.place;

import dev.daybook.protocol.model.BookieId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bookies as last seen. A value: drivers hand a new one to their cores after each change.
 *
 * @param writable bookies that take new entries, sorted, so that a choice depends on the set and the dice only
 * @param readOnly bookies that only serve reads; never chosen
 * @param quarantined bookies that failed lately; chosen only when there is nobody else
 * @param locations where bookies stand; those that are missing here stand in the policy's default location
 * @param freeBytes by which the choice is weighted; empty if all shall be equal
 */
public record ClusterSnapshot(
        List<BookieId> writable,
        Set<BookieId> readOnly,
        Set<BookieId> quarantined,
        Map<BookieId, NetworkLocation> locations,
        Map<BookieId, Long> freeBytes) {
    public ClusterSnapshot {
        writable = writable.stream().distinct().sorted().toList();
        readOnly = Set.copyOf(readOnly);
        quarantined = Set.copyOf(quarantined);
        locations = Map.copyOf(locations);
        freeBytes = Map.copyOf(freeBytes);
    }

    /** Nothing but names. */
    public ClusterSnapshot(List<BookieId> writable) {
        this(writable, Set.of(), Set.of(), Map.of(), Map.of());
    }

    public ClusterSnapshot withQuarantined(Set<BookieId> nowQuarantined) {
        return new ClusterSnapshot(writable, readOnly, nowQuarantined, locations, freeBytes);
    }

    public ClusterSnapshot withLocations(Map<BookieId, NetworkLocation> newLocations) {
        return new ClusterSnapshot(writable, readOnly, quarantined, newLocations, freeBytes);
    }

    public ClusterSnapshot withFreeBytes(Map<BookieId, Long> newFreeBytes) {
        return new ClusterSnapshot(writable, readOnly, quarantined, locations, newFreeBytes);
    }

    public boolean isWritable(BookieId bookie) {
        return Collections.binarySearch(writable, bookie) >= 0;
    }

    /** Everybody who is registered, for writing or for reading only. */
    public Set<BookieId> alive() {
        Set<BookieId> alive = new HashSet<>(writable);
        alive.addAll(readOnly);
        return alive;
    }

    /** False before the first word of the metadata service: then nobody is missing. */
    public boolean isKnown() {
        return !writable.isEmpty() || !readOnly.isEmpty();
    }

    public Optional<NetworkLocation> locationOf(BookieId bookie) {
        return Optional.ofNullable(locations.get(bookie));
    }
}
