package dev.daybook.protocol.model;

/** How the bytes of an entry are protected. Source: entry format specification, section 2. */
public enum DigestType {
    CRC32(8),
    /** HMAC-SHA1 with a key derived from the ledger password. */
    MAC(20),
    CRC32C(4),
    DUMMY(0);

    private final int digestBytes;

    DigestType(int digestBytes) {
        this.digestBytes = digestBytes;
    }

    /** Bytes that the digest takes between the entry header and the payload. */
    public int digestBytes() {
        return digestBytes;
    }
}
