package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Body of format 3: the length-delimited protobuf message. Bytes behind it are ignored. */
final class LedgerBinary {
    private static final End NO_END = new End(-1, 0);

    private LedgerBinary() {}

    static byte[] serialize(LedgerMetadata metadata) {
        End end = metadata.end().orElse(NO_END);
        ProtoWriter out = new ProtoWriter()
                .number(1, metadata.quorum().write())
                .number(2, metadata.quorum().ensemble())
                .number(3, end.length())
                .number(4, end.lastEntryId())
                .number(5, LedgerFields.numberOf(metadata.state()));
        for (Fragment fragment : metadata.fragments()) {
            ProtoWriter segment = new ProtoWriter();
            for (BookieId member : fragment.ensemble()) {
                segment.string(1, member.value());
            }
            out.message(6, segment.number(2, fragment.firstEntryId()));
        }
        metadata.credentials()
                .ifPresent(credentials -> out.number(7, LedgerFields.numberOf(credentials.digest()))
                        .bytes(8, credentials.password().bytes()));
        out.number(9, metadata.quorum().ack());
        if (metadata.createdStored()) {
            out.number(10, metadata.createdMillis().orElseThrow());
        }
        metadata.custom()
                .forEach((key, value) ->
                        out.message(11, new ProtoWriter().string(1, key).bytes(2, value)));
        out.number(12, metadata.creationToken());
        return new ProtoWriter().delimited(out.toBytes()).toBytes();
    }

    static LedgerFields parse(byte[] record, int from) {
        ProtoReader in = new ProtoReader(record, from, record.length).message();
        LedgerFields fields = new LedgerFields();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag >>> 3) {
                case 1, 2, 3, 4, 5, 7, 9, 10, 12 -> number(fields, in, tag);
                case 6, 8, 11 -> delimited(fields, in, tag);
                default -> in.skip(tag);
            }
        }
        return fields;
    }

    private static void number(LedgerFields fields, ProtoReader in, int tag) {
        if (tag != ProtoReader.varintTag(tag >>> 3)) {
            in.skip(tag);
            return;
        }
        long value = in.varint();
        OptionalLong wide = OptionalLong.of(value);
        int low = (int) value; // An int32 is the low half of its varint.
        OptionalLong narrow = OptionalLong.of(low);
        switch (tag >>> 3) {
            case 1 -> fields.writeQuorum = narrow;
            case 2 -> fields.ensembleSize = narrow;
            case 3 -> fields.length = wide;
            case 4 -> fields.lastEntryId = wide;
            case 5 -> fields.state = Optional.of(LedgerFields.stateOf(value));
            case 7 -> fields.digest = Optional.of(LedgerFields.digestOf(value));
            case 9 -> fields.ackQuorum = narrow;
            case 10 -> fields.createdMillis = wide;
            default -> fields.creationToken = wide;
        }
    }

    private static void delimited(LedgerFields fields, ProtoReader in, int tag) {
        if (tag != ProtoReader.delimitedTag(tag >>> 3)) {
            in.skip(tag);
            return;
        }
        switch (tag >>> 3) {
            case 6 -> fields.fragments.add(segment(in.message()));
            case 8 -> fields.password = Optional.of(in.bytes());
            default -> custom(fields, in.message());
        }
    }

    private static Fragment segment(ProtoReader in) {
        List<String> members = new ArrayList<>();
        OptionalLong first = OptionalLong.empty();
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == ProtoReader.delimitedTag(1)) {
                members.add(in.string());
            } else if (tag == ProtoReader.varintTag(2)) {
                first = OptionalLong.of(in.varint());
            } else {
                in.skip(tag);
            }
        }
        return LedgerFields.fragment(first, members);
    }

    /** Of two entries with one key the later counts. */
    private static void custom(LedgerFields fields, ProtoReader in) {
        String key = "";
        byte[] value = new byte[0];
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == ProtoReader.delimitedTag(1)) {
                key = in.string();
            } else if (tag == ProtoReader.delimitedTag(2)) {
                value = in.bytes();
            } else {
                in.skip(tag);
            }
        }
        fields.custom.put(key, value);
    }
}
