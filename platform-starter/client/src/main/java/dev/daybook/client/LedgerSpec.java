package dev.daybook.client;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.Map;
import java.util.Optional;

/**
 * What a new ledger shall be.
 *
 * @param custom properties that the record keeps for the application
 * @param durability what an acknowledgement promises; not stored, it belongs to the handle that creation returns
 * @param id chosen by the application, which answers for its uniqueness; empty lets the metadata service choose
 */
public record LedgerSpec(
        Quorum quorum,
        DigestType digest,
        LedgerPassword password,
        Map<String, byte[]> custom,
        Durability durability,
        Optional<LedgerId> id) {
    public LedgerSpec {
        custom = Map.copyOf(custom);
    }

    /** CRC32C, no password, no custom metadata, synced, an id of the metadata service's choice. */
    public static LedgerSpec of(Quorum quorum) {
        return new LedgerSpec(
                quorum, DigestType.CRC32C, LedgerPassword.EMPTY, Map.of(), Durability.SYNCED, Optional.empty());
    }

    public LedgerSpec withPassword(LedgerPassword newPassword) {
        return new LedgerSpec(quorum, digest, newPassword, custom, durability, id);
    }

    public LedgerSpec withDigest(DigestType newDigest) {
        return new LedgerSpec(quorum, newDigest, password, custom, durability, id);
    }

    public LedgerSpec withCustom(Map<String, byte[]> newCustom) {
        return new LedgerSpec(quorum, digest, password, newCustom, durability, id);
    }

    /** Deferred sync needs a client that speaks version 3. */
    public LedgerSpec withDurability(Durability newDurability) {
        return new LedgerSpec(quorum, digest, password, custom, newDurability, id);
    }

    /** Creation fails with {@link LedgerException.Reason#LEDGER_EXISTS} if the id is taken. */
    public LedgerSpec withLedgerId(LedgerId newId) {
        return new LedgerSpec(quorum, digest, password, custom, durability, Optional.of(newId));
    }
}
