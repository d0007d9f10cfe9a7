package dev.daybook.client;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.Map;

/** What a new ledger shall be. */
public record LedgerSpec(Quorum quorum, DigestType digest, LedgerPassword password, Map<String, byte[]> custom) {
    public LedgerSpec {
        custom = Map.copyOf(custom);
    }

    /** CRC32C, no password, no custom metadata. */
    public static LedgerSpec of(Quorum quorum) {
        return new LedgerSpec(quorum, DigestType.CRC32C, LedgerPassword.EMPTY, Map.of());
    }

    public LedgerSpec withPassword(LedgerPassword newPassword) {
        return new LedgerSpec(quorum, digest, newPassword, custom);
    }

    public LedgerSpec withDigest(DigestType newDigest) {
        return new LedgerSpec(quorum, newDigest, password, custom);
    }

    public LedgerSpec withCustom(Map<String, byte[]> newCustom) {
        return new LedgerSpec(quorum, digest, password, newCustom);
    }
}
