package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.core.log.LogSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ledger that a writer writes to, with the records that it has not acknowledged, oldest first. Belongs to the owner's
 * executor.
 */
final class WritingLedger {
    private final AppendLedger ledger;
    private final LogSegment segment;
    private final ArrayDeque<PendingRecord> unacknowledged = new ArrayDeque<>();
    /** Taken out of the list above because later ones were found in the ledger and they were not. */
    private final List<PendingRecord> skipped = new ArrayList<>();

    private long bytes;
    private int callsUnderWay;
    /** Every entry up to here is acknowledged. */
    private long lastAcknowledged = -1;

    /** Acknowledged entries behind one whose append timed out, so that its fate is not known. */
    private final Set<Long> acknowledgedAhead = new HashSet<>();

    WritingLedger(AppendLedger ledger, LogSegment segment) {
        this.ledger = ledger;
        this.segment = segment;
    }

    AppendLedger ledger() {
        return ledger;
    }

    LogSegment segment() {
        return segment;
    }

    /** Payload bytes written to it so far. */
    long bytes() {
        return bytes;
    }

    void onWrite(PendingRecord record) {
        unacknowledged.add(record);
        bytes += record.payload().length;
        callsUnderWay++;
    }

    void onCallEnded() {
        callsUnderWay--;
    }

    /** Every append has been answered, one way or the other. */
    boolean isQuiet() {
        return callsUnderWay == 0;
    }

    /** An older record may still be undetermined when its append has timed out. */
    void onAcknowledged(PendingRecord record, long entry) {
        acknowledgedAhead.add(entry);
        if (unacknowledged.peek() == record) {
            unacknowledged.remove();
        } else {
            unacknowledged.remove(record);
        }
        while (acknowledgedAhead.remove(lastAcknowledged + 1)) {
            lastAcknowledged++;
        }
        record.acknowledge(LogPosition.of(segment.number(), entry));
    }

    void onRefused(PendingRecord record) {
        unacknowledged.remove(record);
    }

    /** The first entry that an unacknowledged record may have become. */
    long firstUncertain() {
        return lastAcknowledged + 1;
    }

    /**
     * Entries that recovery found from {@link #firstUncertain} on, in order. They are records of this list in the same
     * order, for nobody else wrote here; what is missing was never stored.
     */
    void onFound(long firstEntry, List<byte[]> entries) {
        long entry = firstEntry;
        for (byte[] found : entries) {
            if (entry <= lastAcknowledged || acknowledgedAhead.contains(entry)) {
                entry++;
                continue;
            }
            while (!unacknowledged.isEmpty()
                    && !Arrays.equals(unacknowledged.peek().payload(), found)) {
                skipped.add(unacknowledged.remove());
            }
            if (!unacknowledged.isEmpty()) {
                onAcknowledged(unacknowledged.peek(), entry);
            }
            entry++;
        }
    }

    /** What is to be written again elsewhere. Empties the list. */
    List<PendingRecord> takeRest() {
        List<PendingRecord> rest = new ArrayList<>(skipped);
        rest.addAll(unacknowledged);
        skipped.clear();
        unacknowledged.clear();
        return rest;
    }
}
