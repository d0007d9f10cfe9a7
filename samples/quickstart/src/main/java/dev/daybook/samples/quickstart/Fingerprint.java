package dev.daybook.samples.quickstart;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts lines and bytes and computes the SHA-256 over them. For one thread. */
final class Fingerprint {
    /** Equal exactly when the texts are, as far as anybody knows. */
    record Value(long lines, long bytes, String sha256) {}

    private final MessageDigest digest = sha256();
    private long lines;
    private long bytes;

    void add(byte[] line) {
        digest.update(line);
        lines++;
        bytes += line.length;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    /** Ends the computation. */
    Value value() {
        return new Value(lines, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
