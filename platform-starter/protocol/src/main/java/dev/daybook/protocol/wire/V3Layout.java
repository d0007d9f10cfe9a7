package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.ProtoSchema.Field;

/** Field numbers and schemas of the v3 messages. Source: wire protocol, sections 4.1 to 4.5. */
final class V3Layout {
    static final int HEADER = 1;
    static final int RESPONSE_STATUS = 2;
    private static final int REQUEST_CONTEXT = 200;

    static final int VERSION = 1;
    static final int OPERATION = 2;
    static final int TXN_ID = 3;
    static final int PRIORITY = 4;

    // Requests.
    static final int LEDGER_ID = 1;
    static final int ENTRY_ID = 2;
    static final int LAC = 2;
    static final int MASTER_KEY = 3;
    static final int PREVIOUS_LAC = 4;
    static final int TIMEOUT = 5;
    static final int BODY = 4;
    static final int WRITE_FLAGS = 5;
    static final int FLAG = 100;
    static final int REQUESTED = 1;

    static final int FLAG_FENCE = 1;
    static final int FLAG_PIGGYBACK = 2;
    static final int FLAG_RECOVERY_ADD = 1;

    // Both directions.
    static final int PLUGIN_NAME = 1;
    static final int PAYLOAD = 2;

    // Answers. The body has the number that it has in requests.
    static final int INNER_STATUS = 1;
    static final int ANSWERED_LEDGER_ID = 2;
    static final int ANSWERED_ENTRY_ID = 3;
    static final int MAX_LAC = 5;
    static final int LAC_UPDATE = 6;
    static final int LAC_BODY = 3;
    static final int LAST_ENTRY = 4;
    static final int TOTAL_DISK = 2;
    static final int FREE_DISK = 3;
    static final int AVAILABILITY = 3;

    private static final ProtoSchema HEADER_SCHEMA = ProtoSchema.of(
            Field.enumeration(VERSION, V3Layout::isKnownVersion).required(),
            Field.enumeration(OPERATION, number -> Operation.ofV3Number(number).isPresent())
                    .required(),
            Field.number(TXN_ID).required(),
            Field.number(PRIORITY));

    static final ProtoSchema AUTH = ProtoSchema.of(
            Field.bytes(PLUGIN_NAME).required(), Field.bytes(PAYLOAD).required());

    private static final ProtoSchema NO_FIELDS = ProtoSchema.of();

    private static final ProtoSchema LEDGER_REQUEST =
            ProtoSchema.of(Field.number(LEDGER_ID).required());

    static final ProtoSchema REQUEST = ProtoSchema.of(
            Field.message(HEADER, HEADER_SCHEMA).required(),
            subMessage(
                    Operation.READ,
                    Field.number(LEDGER_ID).required(),
                    Field.number(ENTRY_ID).required(),
                    Field.bytes(MASTER_KEY),
                    Field.number(PREVIOUS_LAC),
                    Field.number(TIMEOUT),
                    Field.enumeration(FLAG, flag -> flag == FLAG_FENCE || flag == FLAG_PIGGYBACK)),
            subMessage(
                    Operation.ADD,
                    Field.number(LEDGER_ID).required(),
                    Field.number(ENTRY_ID).required(),
                    Field.bytes(MASTER_KEY).required(),
                    Field.bytes(BODY).required(),
                    Field.number(WRITE_FLAGS),
                    Field.enumeration(FLAG, flag -> flag == FLAG_RECOVERY_ADD)),
            Field.message(number(Operation.AUTH), AUTH),
            subMessage(
                    Operation.WRITE_LAC,
                    Field.number(LEDGER_ID).required(),
                    Field.number(LAC).required(),
                    Field.bytes(MASTER_KEY).required(),
                    Field.bytes(BODY).required()),
            Field.message(number(Operation.READ_LAC), LEDGER_REQUEST),
            subMessage(Operation.BOOKIE_INFO, Field.number(REQUESTED)),
            Field.message(number(Operation.START_TLS), NO_FIELDS),
            Field.message(number(Operation.FORCE), LEDGER_REQUEST),
            Field.message(number(Operation.ENTRY_LIST), LEDGER_REQUEST),
            Field.ignoredMessages(
                    REQUEST_CONTEXT,
                    ProtoSchema.of(Field.bytes(1).required(), Field.bytes(2).required())));

    static final ProtoSchema RESPONSE = ProtoSchema.of(
            Field.message(HEADER, HEADER_SCHEMA).required(),
            Field.enumeration(RESPONSE_STATUS, V3Layout::isKnownStatus).required(),
            subMessage(
                    Operation.READ,
                    innerStatus(),
                    answeredLedgerId(),
                    Field.number(ANSWERED_ENTRY_ID).required(),
                    Field.bytes(BODY),
                    Field.number(MAX_LAC),
                    Field.number(LAC_UPDATE)),
            subMessage(
                    Operation.ADD,
                    innerStatus(),
                    answeredLedgerId(),
                    Field.number(ANSWERED_ENTRY_ID).required()),
            Field.message(number(Operation.AUTH), AUTH),
            subMessage(Operation.WRITE_LAC, innerStatus(), answeredLedgerId()),
            subMessage(
                    Operation.READ_LAC,
                    innerStatus(),
                    answeredLedgerId(),
                    Field.bytes(LAC_BODY),
                    Field.bytes(LAST_ENTRY)),
            subMessage(Operation.BOOKIE_INFO, innerStatus(), Field.number(TOTAL_DISK), Field.number(FREE_DISK)),
            Field.message(number(Operation.START_TLS), NO_FIELDS),
            subMessage(Operation.FORCE, innerStatus(), answeredLedgerId()),
            subMessage(Operation.ENTRY_LIST, innerStatus(), answeredLedgerId(), Field.bytes(AVAILABILITY)));

    private V3Layout() {}

    /** The field of the envelope, the same in requests and answers, that holds the parameters of the operation. */
    static int number(Operation operation) {
        return switch (operation) {
            case READ -> 100;
            case ADD -> 101;
            case AUTH -> 102;
            case WRITE_LAC -> 103;
            case READ_LAC -> 104;
            case BOOKIE_INFO -> 105;
            case START_TLS -> 106;
            case FORCE -> 107;
            case ENTRY_LIST -> 108;
            case RANGE_READ, RANGE_ADD, BATCH_READ ->
                throw new IllegalArgumentException(operation + " has no v3 message");
        };
    }

    private static Field subMessage(Operation operation, Field... fields) {
        return Field.message(number(operation), ProtoSchema.of(fields));
    }

    private static Field innerStatus() {
        return Field.enumeration(INNER_STATUS, V3Layout::isKnownStatus).required();
    }

    private static Field answeredLedgerId() {
        return Field.number(ANSWERED_LEDGER_ID).required();
    }

    private static boolean isKnownVersion(int version) {
        return version >= 1 && version <= 3;
    }

    private static boolean isKnownStatus(int code) {
        return Status.ofV3Code(code).isPresent();
    }
}
