package dev.daybook.storage.sim;

import dev.daybook.storage.disk.DiskFullException;
import java.io.IOException;

/** What goes wrong on the disks that share it: from a chosen call on, counted over everything that is asked of them. */
public final class Faults {
    /** What the calls report. */
    public enum Kind {
        /** One call fails, those after it do not. */
        ERROR_ONCE,
        /** Nothing works any more. */
        DEAD,
        /** Whatever needs space fails; writing over old bytes, reading and deleting work. */
        NO_SPACE
    }

    private final Kind kind;
    private final int firstCall;
    private int calls;
    private boolean struck;

    /** @param firstCall of those that fail, from 0 on */
    public Faults(Kind kind, int firstCall) {
        this.kind = kind;
        this.firstCall = firstCall;
    }

    public static Faults none() {
        return new Faults(Kind.ERROR_ONCE, Integer.MAX_VALUE);
    }

    public Kind kind() {
        return kind;
    }

    public int calls() {
        return calls;
    }

    /** Whether a call has failed. */
    public boolean hasStruck() {
        return struck;
    }

    boolean isOutOfSpace() {
        return kind == Kind.NO_SPACE && calls > firstCall;
    }

    void call(boolean needsSpace) throws IOException {
        int call = calls++;
        boolean fails = kind == Kind.ERROR_ONCE ? call == firstCall : call >= firstCall;
        if (!fails || (kind == Kind.NO_SPACE && !needsSpace)) {
            return;
        }
        struck = true;
        if (kind == Kind.NO_SPACE) {
            throw new DiskFullException("There is no space left on the disk.", new IOException("call " + call));
        }
        throw new IOException("input/output error at call " + call);
    }
}
