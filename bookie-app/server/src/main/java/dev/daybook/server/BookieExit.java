package dev.daybook.server;

/**
 * Why a bookie ended, or did not begin.
 *
 * @param sentence for a person
 */
public record BookieExit(ExitCode code, String sentence) {
    static final BookieExit STOPPED = new BookieExit(ExitCode.OK, "The bookie was stopped.");
}
