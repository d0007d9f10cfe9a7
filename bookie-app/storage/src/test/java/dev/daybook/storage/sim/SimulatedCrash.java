package dev.daybook.storage.sim;

/** The power went. An error, so that nothing under test handles it. */
public final class SimulatedCrash extends Error {
    public SimulatedCrash(int step) {
        super("power cut before storage call " + step);
    }
}
