package dev.daybook.boot.role;

/** A role cannot start or go on. The message is one sentence for a person; the command line prints it and exits. */
public final class RoleRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Settings or surroundings are wrong. */
    public static final int CONFIGURATION = 2;

    /** What was asked for does not exist. */
    public static final int NOT_FOUND = 6;

    /** A change that cannot be undone was not confirmed. */
    public static final int NOT_CONFIRMED = 7;

    private final int exitCode;

    public RoleRefused(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public RoleRefused(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
