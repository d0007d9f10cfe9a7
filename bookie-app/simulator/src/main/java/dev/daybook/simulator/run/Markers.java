package dev.daybook.simulator.run;

import java.util.Set;

/** What 2,000 seeds must have seen. */
final class Markers {
    static final Set<String> REQUIRED = Set.of(
            "fault: KILL",
            "fault: POWER_CUT",
            "fault: WIPE",
            "fault: bit flip",
            "fault: bookie frozen",
            "fault: bookie lost its session",
            "fault: client dead",
            "fault: client deaf",
            "fault: client frozen",
            "fault: connection half open",
            "fault: connection reset",
            "fault: connection stalled",
            "fault: crash between disk operations",
            "fault: crash right after an answer",
            "fault: disk stall",
            "fault: fence late",
            "fault: message doubled",
            "fault: message into the dark",
            "fault: message late",
            "fault: message lost",
            "fault: metadata change late",
            "fault: metadata outage",
            "fault: metadata reply lost",
            "fault: metadata request lost",
            "fault: partition",
            "fault: session expired",
            "fault: stale record",
            "sometimes: crash during recovery",
            "sometimes: creation with a lost reply",
            "sometimes: ensemble change",
            "sometimes: entry came with a long poll",
            "sometimes: ledger deleted",
            "sometimes: limbo at start",
            "sometimes: metadata conflict",
            "sometimes: recovery kept an unacknowledged entry",
            "sometimes: third fragment",
            "sometimes: tombstone",
            "sometimes: add failed by FENCED");

    private Markers() {}
}
