package dev.daybook.protocol.digest;

import dev.daybook.protocol.model.LedgerPassword;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keys derived from a ledger password. Source: entry format, section 3. */
public final class LedgerKeys {
    private LedgerKeys() {}

    /** The 20 bytes that go with every add, fencing read and written LAC, and that bookies compare. */
    public static byte[] masterKey(LedgerPassword password) {
        return derive("ledger", password);
    }

    /** The 20 bytes that key the digest of type MAC. Never sent. */
    public static byte[] macKey(LedgerPassword password) {
        return derive("mac", password);
    }

    private static byte[] derive(String purpose, LedgerPassword password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return sha1.digest(password.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-1", e);
        }
    }
}
