package dev.daybook.simulator.world;

/** What every message and every question to the metadata service passes on its way, if somebody directs the run. */
public interface Gate {
    /** @param onward to be called now, later, or not at all */
    void pass(String message, Runnable onward);

    /** Hears every line of the story when it happens. */
    void hear(String line);
}
