package dev.daybook.protocol.wire;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Which fields a protobuf message may have. Everything else in a message is passed over. */
final class ProtoSchema {
    private final Field[] fields;

    private ProtoSchema(Field... fields) {
        this.fields = fields;
    }

    static ProtoSchema of(Field... fields) {
        return new ProtoSchema(fields);
    }

    int fieldCount() {
        return fields.length;
    }

    Field field(int slot) {
        return fields[slot];
    }

    /**
     * The slot of the field with this number and wire type; -1 if there is none. A known number with another wire type is
     * an unknown field, as in the peer's parser.
     */
    int slotOfTag(int tag) {
        for (int slot = 0; slot < fields.length; slot++) {
            if (fields[slot].tag == tag) {
                return slot;
            }
        }
        return -1;
    }

    /** The slot of a field that the schema is known to have. */
    int slotOfNumber(int number) {
        for (int slot = 0; slot < fields.length; slot++) {
            if (fields[slot].tag >>> ProtoReader.WIRE_TYPE_BITS == number) {
                return slot;
            }
        }
        throw new IllegalArgumentException("the schema has no field " + number);
    }

    enum Kind {
        NUMBER,
        /** A number; one that the enumeration lacks counts as an absent field. */
        ENUM,
        BYTES,
        MESSAGE,
        /** Messages that must be well-formed and are not looked at otherwise. */
        IGNORED_MESSAGES
    }

    record Field(int tag, Kind kind, boolean isRequired, IntPredicate isKnown, Optional<ProtoSchema> message) {
        static Field number(int number) {
            return field(number, ProtoReader.VARINT, Kind.NUMBER, Field::isAny, Optional.empty());
        }

        static Field enumeration(int number, IntPredicate isKnown) {
            return field(number, ProtoReader.VARINT, Kind.ENUM, isKnown, Optional.empty());
        }

        static Field bytes(int number) {
            return field(number, ProtoReader.BYTES, Kind.BYTES, Field::isAny, Optional.empty());
        }

        static Field message(int number, ProtoSchema schema) {
            return field(number, ProtoReader.BYTES, Kind.MESSAGE, Field::isAny, Optional.of(schema));
        }

        static Field ignoredMessages(int number, ProtoSchema schema) {
            return field(number, ProtoReader.BYTES, Kind.IGNORED_MESSAGES, Field::isAny, Optional.of(schema));
        }

        Field required() {
            return new Field(tag, kind, true, isKnown, message);
        }

        private static Field field(
                int number, int wireType, Kind kind, IntPredicate isKnown, Optional<ProtoSchema> message) {
            return new Field((number << ProtoReader.WIRE_TYPE_BITS) | wireType, kind, false, isKnown, message);
        }

        private static boolean isAny(int value) {
            return true;
        }
    }
}
