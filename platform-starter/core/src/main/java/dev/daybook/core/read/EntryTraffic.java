package dev.daybook.core.read;

/** Performs every effect of an {@link EntryReader}. */
public interface EntryTraffic<P> extends ReadTraffic<P> {
    /** Comes once. */
    void completeRead(CompleteRead<P> effect);
}
