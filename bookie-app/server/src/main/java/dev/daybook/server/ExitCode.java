package dev.daybook.server;

/** With which code a process that was a bookie ends. Source: bookie behaviour, section 2. */
public enum ExitCode {
    OK(0),
    /** Refused to start: settings, port, folders, cookies, metadata service. */
    START_REFUSED(2),
    /** The session with the metadata service was lost and could not be replaced. */
    SESSION_LOST(3),
    REGISTRATION_FAILED(4),
    /** Storage failed, at the start or while running. */
    STORAGE_FAILED(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
