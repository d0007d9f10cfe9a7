package dev.daybook.client;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new ledger shall be.
 *
 * @param custom properties that the record keeps for the application
 * @param durability what an acknowledgement promises; not stored, it belongs to the handle that creation returns
 * @param id chosen by the application, which answers for its uniqueness; empty lets the metadata service choose
 * @param ensemble the bookies to begin with, for whoever tests single ones; empty lets the placement policy choose
 */
public record LedgerSpec(
        Quorum quorum,
        DigestType digest,
        LedgerPassword password,
        Map<String, byte[]> custom,
        Durability durability,
        Optional<LedgerId> id,
        List<BookieId> ensemble) {
    public LedgerSpec {
        custom = Map.copyOf(custom);
        ensemble = List.copyOf(ensemble);
        if (!ensemble.isEmpty() && ensemble.size() != quorum.ensemble()) {
            throw new IllegalArgumentException(quorum + " does not fit " + ensemble.size() + " bookies: " + ensemble);
        }
    }

    /** CRC32C, no password, no custom metadata, synced, an id of the metadata service's choice. */
    public static LedgerSpec of(Quorum quorum) {
        return new LedgerSpec(
                quorum,
                DigestType.CRC32C,
                LedgerPassword.EMPTY,
                Map.of(),
                Durability.SYNCED,
                Optional.empty(),
                List.of());
    }

    public LedgerSpec withPassword(LedgerPassword newPassword) {
        return new LedgerSpec(quorum, digest, newPassword, custom, durability, id, ensemble);
    }

    public LedgerSpec withDigest(DigestType newDigest) {
        return new LedgerSpec(quorum, newDigest, password, custom, durability, id, ensemble);
    }

    public LedgerSpec withCustom(Map<String, byte[]> newCustom) {
        return new LedgerSpec(quorum, digest, password, newCustom, durability, id, ensemble);
    }

    /** Deferred sync needs a client that speaks version 3. */
    public LedgerSpec withDurability(Durability newDurability) {
        return new LedgerSpec(quorum, digest, password, custom, newDurability, id, ensemble);
    }

    /** Creation fails with {@link LedgerException.Reason#LEDGER_EXISTS} if the id is taken. */
    public LedgerSpec withLedgerId(LedgerId newId) {
        return new LedgerSpec(quorum, digest, password, custom, durability, Optional.of(newId), ensemble);
    }

    /**
     * Begins on these bookies, whatever the placement policy wants. One that fails is replaced as always, so look at the
     * record afterwards to learn who holds the entries.
     */
    public LedgerSpec withEnsemble(List<BookieId> bookies) {
        return new LedgerSpec(quorum, digest, password, custom, durability, id, bookies);
    }
}
