package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of one protobuf message that were present. Bytes stay in the frame until somebody asks for them, so a message
 * must not be used after its frame was released.
 */
final class ProtoMessage {
    private final ProtoSchema schema;
    private final ByteBuf frame;

    /** By slot: a number as it is, bytes as start index in the upper and length in the lower half. */
    private final long[] values;

    private final ProtoMessage[] messages;
    private int presentSlots;

    private ProtoMessage(ProtoSchema schema, ByteBuf frame) {
        this.schema = schema;
        this.frame = frame;
        this.values = new long[schema.fieldCount()];
        this.messages = new ProtoMessage[schema.fieldCount()];
    }

    /** @throws MalformedFrameException if this is no message of the schema or a required field is missing */
    static ProtoMessage parse(ProtoSchema schema, ByteBuf frame, int start, int end) throws MalformedFrameException {
        ProtoMessage message = new ProtoMessage(schema, frame);
        message.merge(start, end);
        // Only now, because a message in a field may come in several parts.
        message.checkRequired();
        return message;
    }

    private void merge(int start, int end) throws MalformedFrameException {
        ProtoReader reader = new ProtoReader(frame, start, end);
        while (reader.hasMore()) {
            int tag = reader.readTag();
            int slot = schema.slotOfTag(tag);
            if (slot < 0) {
                reader.skip(tag);
            } else {
                read(reader, slot);
            }
        }
    }

    private void read(ProtoReader reader, int slot) throws MalformedFrameException {
        ProtoSchema.Field field = schema.field(slot);
        switch (field.kind()) {
            case NUMBER -> put(slot, reader.readVarint());
            case ENUM -> {
                int value = (int) reader.readVarint();
                if (field.isKnown().test(value)) {
                    put(slot, value);
                }
            }
            case BYTES -> {
                int length = reader.readLength();
                put(slot, ((long) reader.position() << Integer.SIZE) | length);
                reader.advance(length);
            }
            case MESSAGE, IGNORED_MESSAGES -> {
                int length = reader.readLength();
                readMessage(slot, reader.position(), reader.position() + length);
                reader.advance(length);
            }
        }
    }

    private void readMessage(int slot, int start, int end) throws MalformedFrameException {
        ProtoSchema.Field field = schema.field(slot);
        ProtoSchema inner = field.message().orElseThrow();
        if (field.kind() == ProtoSchema.Kind.IGNORED_MESSAGES) {
            parse(inner, frame, start, end);
            return;
        }
        if (!isPresent(slot)) {
            messages[slot] = new ProtoMessage(inner, frame);
            presentSlots |= 1 << slot;
        }
        messages[slot].merge(start, end);
    }

    private void checkRequired() throws MalformedFrameException {
        for (int slot = 0; slot < values.length; slot++) {
            if (isPresent(slot)) {
                if (schema.field(slot).kind() == ProtoSchema.Kind.MESSAGE) {
                    messages[slot].checkRequired();
                }
            } else if (schema.field(slot).isRequired()) {
                int number = schema.field(slot).tag() >>> ProtoReader.WIRE_TYPE_BITS;
                throw new MalformedFrameException("the message lacks the required field " + number);
            }
        }
    }

    private void put(int slot, long value) {
        values[slot] = value;
        presentSlots |= 1 << slot;
    }

    private boolean isPresent(int slot) {
        return (presentSlots & (1 << slot)) != 0;
    }

    /** The number in a field; 0 if the field is absent. */
    long number(int number) {
        return values[schema.slotOfNumber(number)];
    }

    OptionalLong optionalNumber(int number) {
        int slot = schema.slotOfNumber(number);
        return isPresent(slot) ? OptionalLong.of(values[slot]) : OptionalLong.empty();
    }

    /** A copy of the bytes of a field that is present. */
    byte[] bytes(int number) {
        long range = number(number);
        return ByteBufUtil.getBytes(frame, start(range), (int) range);
    }

    Optional<byte[]> optionalBytes(int number) {
        return isPresent(schema.slotOfNumber(number)) ? Optional.of(bytes(number)) : Optional.empty();
    }

    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    /** The bytes of a field that is present as a slice that keeps the frame alive until it is released. */
    ByteBuf retainedSlice(int number) {
        long range = number(number);
        return frame.retainedSlice(start(range), (int) range);
    }

    Optional<ByteBuf> optionalRetainedSlice(int number) {
        return isPresent(schema.slotOfNumber(number)) ? Optional.of(retainedSlice(number)) : Optional.empty();
    }

    Optional<ProtoMessage> message(int number) {
        int slot = schema.slotOfNumber(number);
        return isPresent(slot) ? Optional.of(messages[slot]) : Optional.empty();
    }

    private static int start(long range) {
        return (int) (range >>> Integer.SIZE);
    }
}
