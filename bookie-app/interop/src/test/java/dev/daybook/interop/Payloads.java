package dev.daybook.interop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The payloads that the official client's commands make, and their checksum. */
final class Payloads {
    private Payloads() {}

    static byte[] payload(long entryId, int size) {
        byte[] pattern = (entryId + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = pattern[i % pattern.length];
        }
        return payload;
    }

    /** Last entry id, length and SHA-256, as the official client's {@code read} prints them. */
    static String summary(long count, int size) {
        MessageDigest sha = sha256();
        for (long entry = 0; entry < count; entry++) {
            sha.update(payload(entry, size));
        }
        return (count - 1) + " " + count * size + " " + HexFormat.of().formatHex(sha.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
