package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a reader of formats 2 and 3 has found, before it is judged: the two formats spell one message and share the
 * rules for absent fields. Source: metadata specification, sections 11.2 and 11.4.
 */
final class LedgerFields {
    OptionalLong writeQuorum = OptionalLong.empty();
    OptionalLong ensembleSize = OptionalLong.empty();
    OptionalLong ackQuorum = OptionalLong.empty();
    OptionalLong length = OptionalLong.empty();
    OptionalLong lastEntryId = OptionalLong.empty();
    OptionalLong createdMillis = OptionalLong.empty();
    OptionalLong creationToken = OptionalLong.empty();
    Optional<LedgerState> state = Optional.empty();
    Optional<DigestType> digest = Optional.empty();
    Optional<byte[]> password = Optional.empty();
    final List<Fragment> fragments = new ArrayList<>();
    final Map<String, byte[]> custom = new HashMap<>();

    static LedgerState stateOf(long number) {
        if (number == 1) {
            return LedgerState.OPEN;
        }
        if (number == 2) {
            return LedgerState.IN_RECOVERY;
        }
        if (number == 3) {
            return LedgerState.CLOSED;
        }
        throw new MalformedMetadataException("The ledger record has the unknown state " + number + ".");
    }

    static int numberOf(LedgerState state) {
        return switch (state) {
            case OPEN -> 1;
            case IN_RECOVERY -> 2;
            case CLOSED -> 3;
        };
    }

    /** Digests are numbered differently elsewhere; this order belongs to the ledger record alone. */
    static DigestType digestOf(long number) {
        if (number == 1) {
            return DigestType.CRC32;
        }
        if (number == 2) {
            return DigestType.MAC;
        }
        if (number == 3) {
            return DigestType.CRC32C;
        }
        if (number == 4) {
            return DigestType.DUMMY;
        }
        throw new MalformedMetadataException("The ledger record has the unknown digest type " + number + ".");
    }

    static int numberOf(DigestType digest) {
        return switch (digest) {
            case CRC32 -> 1;
            case MAC -> 2;
            case CRC32C -> 3;
            case DUMMY -> 4;
        };
    }

    static Fragment fragment(OptionalLong firstEntryId, List<String> members) {
        List<BookieId> ensemble = new ArrayList<>();
        for (String member : members) {
            if (!BookieId.isValid(member)) {
                throw new MalformedMetadataException(
                        "The ledger record names \"" + member + "\", which is no valid bookie id.");
            }
            ensemble.add(new BookieId(member));
        }
        long first = required(firstEntryId, "firstEntryId of a segment");
        if (first < 0) {
            throw new MalformedMetadataException("A segment of the ledger record starts at entry " + first + ".");
        }
        return new Fragment(first, ensemble);
    }

    LedgerMetadata toMetadata(int formatVersion, OptionalLong recordCreatedMillis) {
        long write = required(writeQuorum, "quorumSize");
        long payloadBytes = required(length, "length");
        LedgerState known = state.orElseThrow(() -> missing("state"));
        Optional<End> end = known == LedgerState.CLOSED
                ? Optional.of(new End(lastEntryId.orElse(0L), payloadBytes))
                : Optional.empty();
        boolean createdStored = createdMillis.isPresent();
        try {
            return new LedgerMetadata(
                    formatVersion,
                    new Quorum(
                            (int) required(ensembleSize, "ensembleSize"), (int) write, (int) ackQuorum.orElse(write)),
                    known,
                    fragments,
                    password.map(bytes -> new Credentials(digest.orElse(DigestType.CRC32), LedgerPassword.of(bytes))),
                    end,
                    createdStored ? createdMillis : recordCreatedMillis,
                    custom,
                    creationToken.orElse(0L),
                    createdStored);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    static MalformedMetadataException invalid(IllegalArgumentException why) {
        return new MalformedMetadataException("The ledger record is not valid: " + why.getMessage() + ".", why);
    }

    private static long required(OptionalLong value, String name) {
        return value.orElseThrow(() -> missing(name));
    }

    private static MalformedMetadataException missing(String name) {
        return new MalformedMetadataException("The ledger record lacks the field " + name + ".");
    }
}
