package dev.daybook.protocol.format;

/** Thrown when stored bytes are not what their place in the metadata tree or on disk demands. One sentence says why. */
public final class MalformedMetadataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMetadataException(String message) {
        super(message);
    }

    public MalformedMetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
