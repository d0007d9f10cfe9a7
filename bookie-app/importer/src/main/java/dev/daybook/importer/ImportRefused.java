package dev.daybook.importer;

import java.io.IOException;

/** The import cannot begin or be completed. The message is one sentence for a person. */
public final class ImportRefused extends IOException {
    ImportRefused(String message) {
        super(message);
    }
}
