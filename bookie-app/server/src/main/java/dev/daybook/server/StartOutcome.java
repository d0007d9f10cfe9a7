package dev.daybook.server;

/** The two ways {@link BookieServer#start} ends. */
public sealed interface StartOutcome {
    /** The bookie serves and is registered. */
    record Started(BookieServer server) implements StartOutcome {}

    /** Nothing is left behind: no thread, no connection, no open file. */
    record Refused(BookieExit exit) implements StartOutcome {}
}
