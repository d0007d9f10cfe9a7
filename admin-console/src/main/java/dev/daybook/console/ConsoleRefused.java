package dev.daybook.console;

/** The console will not start with these settings. The message is one sentence that names the property. */
public final class ConsoleRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConsoleRefused(String message) {
        super(message);
    }

    ConsoleRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
