package dev.daybook.storage.disk;

import java.io.IOException;

/** There is no space, or no quota, left on the volume. */
public final class DiskFullException extends IOException {
    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
