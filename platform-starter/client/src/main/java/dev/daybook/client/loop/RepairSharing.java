package dev.daybook.client.loop;

/**
 * What all repairs and checks of a client share.
 *
 * @param pace what they may read in a second
 * @param gate what they may have under way at once
 */
record RepairSharing(RepairPace pace, CopyGate gate) {
    CopyRuns runs(LedgerLoop loop, BookieRequests requests) {
        return new CopyRuns(loop, requests, pace, gate);
    }
}
