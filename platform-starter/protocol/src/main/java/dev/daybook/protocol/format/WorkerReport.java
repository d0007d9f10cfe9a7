package dev.daybook.protocol.format;

import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a worker of auto-recovery tells of itself to whoever asks the metadata service.
 *
 * @param id of its process, which no other worker has
 * @param worker whom others see in locks
 * @param startedMillis milliseconds since the epoch
 * @param reportedMillis milliseconds since the epoch, by the worker's clock
 * @param ledgers how many marked ledgers are in which state
 * @param stalls how many of them wait for which reason
 * @param lastTrouble one sentence about the last attempt that failed; empty if none did
 * @param notes about the ledgers it is busy with, and about some that wait
 */
public record WorkerReport(
        String id,
        String worker,
        long startedMillis,
        long reportedMillis,
        Pace pace,
        Done done,
        SortedMap<String, Integer> ledgers,
        SortedMap<String, Integer> stalls,
        String lastTrouble,
        List<Note> notes) {
    public WorkerReport {
        ledgers = new TreeMap<>(Map.copyOf(ledgers));
        stalls = new TreeMap<>(Map.copyOf(stalls));
        notes = List.copyOf(notes);
    }

    /**
     * How fast it works and may work.
     *
     * @param ledgersAtOnce repairs at the same time, at most
     * @param bytesPerSecondMax that repairs may read; 0 for no limit
     * @param bytesPerSecond that were copied since the last report
     */
    public record Pace(int ledgersAtOnce, long bytesPerSecondMax, long bytesPerSecond) {}

    /**
     * What was done since the start.
     *
     * @param repaired ledgers that were made whole
     * @param stalled attempts that left copies missing
     * @param copies entries written, each counted once per bookie that got it
     * @param bytes payload bytes of them
     */
    public record Done(long repaired, long stalled, long copies, long bytes) {}

    /**
     * How it stands with one marked ledger.
     *
     * @param state name of its state
     * @param locked whether this worker holds its lock, or asks for it
     * @param why one sentence for a person
     * @param copies entries written by the repair that is under way
     */
    public record Note(LedgerId ledger, String state, boolean locked, String why, long copies) {}
}
