package dev.daybook.core.sim;

/** A payload as one client holds it: it has to be given back exactly once. */
final class SimPayload {
    private final Ledger ledger;
    private final long content;
    private final int bytes;
    private boolean released;

    /** The payloads one client was given, so that a leak shows at the end. */
    static final class Ledger {
        private int live;

        SimPayload make(long content, int bytes) {
            live++;
            return new SimPayload(this, content, bytes);
        }

        int live() {
            return live;
        }
    }

    private SimPayload(Ledger ledger, long content, int bytes) {
        this.ledger = ledger;
        this.content = content;
        this.bytes = bytes;
    }

    long content() {
        return content;
    }

    int bytes() {
        return bytes;
    }

    void release() {
        World.require(!released, "a payload is released once");
        released = true;
        ledger.live--;
    }
}
