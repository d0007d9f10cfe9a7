package dev.daybook.protocol.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The secret given when a ledger is created. Its bytes never show in text form. */
public final class LedgerPassword {
    public static final LedgerPassword EMPTY = new LedgerPassword(new byte[0]);

    private final byte[] bytes;

    private LedgerPassword(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the bytes. */
    public static LedgerPassword of(byte[] bytes) {
        return new LedgerPassword(bytes.clone());
    }

    public static LedgerPassword of(String text) {
        return new LedgerPassword(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerPassword that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "LedgerPassword(" + (bytes.length == 0 ? "empty" : "hidden") + ")";
    }
}
