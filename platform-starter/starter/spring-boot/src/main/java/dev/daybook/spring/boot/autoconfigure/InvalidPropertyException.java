package dev.daybook.spring.boot.autoconfigure;

/** A property that the client cannot work with. Its message says which and why, {@link #action()} what to write. */
final class InvalidPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    InvalidPropertyException(String message, String action, IllegalArgumentException cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
