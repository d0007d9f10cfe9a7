package dev.daybook.core.repair;

/** Performs questions after copies. */
public interface ProbeTraffic {
    /** Answered exactly once per effect, at the latest when the driver's deadline passes. */
    void sendProbe(SendProbe effect);
}
