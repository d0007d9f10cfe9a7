package dev.daybook.storage;

import java.io.IOException;

/**
 * Something durable is missing or damaged. Whatever was stored there is unknown, never absent. The message is one
 * sentence for a person.
 */
public final class StorageDamage extends IOException {
    public StorageDamage(String message) {
        super(message);
    }
}
