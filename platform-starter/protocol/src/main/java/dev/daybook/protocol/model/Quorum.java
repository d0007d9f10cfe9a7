package dev.daybook.protocol.model;

/**
 * Replication of a ledger: entries are striped over {@code ensemble} bookies, each is written to {@code write} of them
 * and acknowledged when {@code ack} have it. Always {@code ensemble >= write >= ack >= 1}.
 */
public record Quorum(int ensemble, int write, int ack) {
    public Quorum {
        if (ack < 1 || write < ack || ensemble < write) {
            throw new IllegalArgumentException("ensemble >= write quorum >= ack quorum >= 1 must hold, was E="
                    + ensemble + " W=" + write + " A=" + ack);
        }
    }

    /** Explicit negatives after which no ack quorum of one write set can hold the entry: {@code write - ack + 1}. */
    public int coverageOfWriteSet() {
        return write - ack + 1;
    }

    @Override
    public String toString() {
        return "E" + ensemble + "/W" + write + "/A" + ack;
    }
}
