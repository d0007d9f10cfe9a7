package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerState;
import java.util.OptionalLong;

/** Body of format 2: the message in protobuf text format. It never carries the creation token. */
final class LedgerText {
    private static final End NO_END = new End(-1, 0);

    private LedgerText() {}

    static byte[] serialize(LedgerMetadata metadata) {
        End end = metadata.end().orElse(NO_END);
        TextWriter out = new TextWriter()
                .number("quorumSize", metadata.quorum().write())
                .number("ensembleSize", metadata.quorum().ensemble())
                .number("length", end.length())
                .number("lastEntryId", end.lastEntryId())
                .word("state", metadata.state().name());
        for (Fragment fragment : metadata.fragments()) {
            out.open("segment");
            for (BookieId member : fragment.ensemble()) {
                out.string("ensembleMember", member.value());
            }
            out.number("firstEntryId", fragment.firstEntryId()).close();
        }
        metadata.credentials()
                .ifPresent(credentials -> out.word("digestType", nameOf(credentials.digest()))
                        .bytes("password", credentials.password().bytes()));
        out.number("ackQuorumSize", metadata.quorum().ack());
        if (metadata.createdStored()) {
            out.number("ctime", metadata.createdMillis().orElseThrow());
        }
        metadata.custom()
                .forEach((key, value) -> out.open("customMetadata")
                        .string("key", key)
                        .bytes("value", value)
                        .close());
        return out.toBytes();
    }

    static LedgerFields parse(byte[] record, int from) {
        TextMessage message = TextParser.parse(record, from);
        LedgerFields fields = new LedgerFields();
        fields.writeQuorum = int32(message, "quorumSize");
        fields.ensembleSize = int32(message, "ensembleSize");
        fields.ackQuorum = int32(message, "ackQuorumSize");
        fields.length = message.number("length");
        fields.lastEntryId = message.number("lastEntryId");
        fields.createdMillis = message.number("ctime");
        fields.creationToken = message.number("cToken");
        fields.state = message.word("state").map(LedgerText::state);
        fields.digest = message.word("digestType").map(LedgerText::digest);
        fields.password = message.bytes("password");
        for (TextMessage segment : message.messages("segment")) {
            fields.fragments.add(
                    LedgerFields.fragment(segment.number("firstEntryId"), segment.strings("ensembleMember")));
        }
        for (TextMessage custom : message.messages("customMetadata")) {
            fields.custom.put(
                    custom.string("key").orElse(""), custom.bytes("value").orElseGet(() -> new byte[0]));
        }
        return fields;
    }

    private static OptionalLong int32(TextMessage message, String name) {
        OptionalLong value = message.number(name);
        if (value.isPresent() && (int) value.getAsLong() != value.getAsLong()) {
            throw new MalformedMetadataException("The field " + name + " of the ledger record is too large.");
        }
        return value;
    }

    /** 4.17 also accepts the number in place of the name. */
    private static LedgerState state(String word) {
        for (LedgerState state : LedgerState.values()) {
            if (word.equals(state.name()) || word.equals(Integer.toString(LedgerFields.numberOf(state)))) {
                return state;
            }
        }
        throw new MalformedMetadataException("The ledger record has the unknown state " + word + ".");
    }

    private static DigestType digest(String word) {
        for (DigestType digest : DigestType.values()) {
            if (word.equals(nameOf(digest)) || word.equals(Integer.toString(LedgerFields.numberOf(digest)))) {
                return digest;
            }
        }
        throw new MalformedMetadataException("The ledger record has the unknown digest type " + word + ".");
    }

    private static String nameOf(DigestType digest) {
        return digest == DigestType.MAC ? "HMAC" : digest.name();
    }
}
