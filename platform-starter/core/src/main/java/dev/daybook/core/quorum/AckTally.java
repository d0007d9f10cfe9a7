package dev.daybook.core.quorum;

import dev.daybook.protocol.model.Quorum;

/**
 * Who has answered one add, by ensemble position. A later event at a position replaces the earlier one; positions
 * outside the write set are ignored. Source: client protocol specification, section 4.1.
 */
public final class AckTally {
    private static final byte SILENT = 0;
    private static final byte ACKED = 1;
    private static final byte FAILED = 2;

    private final Quorum quorum;
    private final long entryId;
    /** Indexed by step in the write set, not by position, so that it needs W bytes only. */
    private final byte[] states;

    private int acked;
    private int failed;

    public AckTally(Quorum quorum, long entryId) {
        this.quorum = quorum;
        this.entryId = entryId;
        this.states = new byte[quorum.write()];
    }

    public void ack(int position) {
        set(position, ACKED);
    }

    public void fail(int position) {
        set(position, FAILED);
    }

    /** Forgets the position: its bookie was replaced, so what it said no longer counts. */
    public void revoke(int position) {
        set(position, SILENT);
    }

    public boolean isComplete() {
        return acked >= quorum.ack();
    }

    /** True when so many positions failed that the others cannot form an ack quorum. */
    public boolean isBroken() {
        return failed > quorum.write() - quorum.ack();
    }

    public boolean isAcked(int position) {
        int step = Striping.stepOf(quorum, entryId, position);
        return step < states.length && states[step] == ACKED;
    }

    public boolean isFailed(int position) {
        int step = Striping.stepOf(quorum, entryId, position);
        return step < states.length && states[step] == FAILED;
    }

    public boolean stores(int position) {
        return Striping.stores(quorum, entryId, position);
    }

    private void set(int position, byte state) {
        int step = Striping.stepOf(quorum, entryId, position);
        if (step >= states.length) {
            return;
        }
        acked += (state == ACKED ? 1 : 0) - (states[step] == ACKED ? 1 : 0);
        failed += (state == FAILED ? 1 : 0) - (states[step] == FAILED ? 1 : 0);
        states[step] = state;
    }
}
