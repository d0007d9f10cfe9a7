package dev.daybook.client.net;

/** A run in the future. */
public interface Timer {
    /** Prevents the run if it has not begun. */
    void cancel();
}
