package dev.daybook.server.shard;

/** A promise was not kept. An error, so that nothing under test handles it. */
final class CrashFound extends Error {
    CrashFound(String message, Throwable cause) {
        super(message, cause);
    }
}
