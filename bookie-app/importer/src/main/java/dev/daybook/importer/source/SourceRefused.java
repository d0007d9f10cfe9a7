package dev.daybook.importer.source;

import java.io.IOException;

/** The directories are not what they should be. The message is one sentence for a person. */
public final class SourceRefused extends IOException {
    public SourceRefused(String message) {
        super(message);
    }

    SourceRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
