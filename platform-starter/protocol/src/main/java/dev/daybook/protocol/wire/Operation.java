package dev.daybook.protocol.wire;

import java.util.Optional;

/** Operations with their v3 number and v2 opcode. Source: wire protocol, sections 4.1 and 5.1. */
public enum Operation {
    READ(1, 2),
    ADD(2, 1),
    RANGE_READ(3, Operation.NOT_IN_V2),
    RANGE_ADD(4, Operation.NOT_IN_V2),
    AUTH(5, 3),
    WRITE_LAC(6, Operation.NOT_IN_V2),
    READ_LAC(7, Operation.NOT_IN_V2),
    BOOKIE_INFO(8, Operation.NOT_IN_V2),
    START_TLS(9, Operation.NOT_IN_V2),
    FORCE(10, Operation.NOT_IN_V2),
    ENTRY_LIST(11, Operation.NOT_IN_V2),
    /** Has a v3 number as a name only; servers answer it with a bad request there. */
    BATCH_READ(12, 7);

    /** No packet carries this opcode. */
    public static final int NOT_IN_V2 = -1;

    private static final Operation[] ALL = values();

    private final int v3Number;
    private final int v2Opcode;

    Operation(int v3Number, int v2Opcode) {
        this.v3Number = v3Number;
        this.v2Opcode = v2Opcode;
    }

    static Optional<Operation> ofV3Number(int number) {
        for (Operation operation : ALL) {
            if (operation.v3Number == number) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    static Optional<Operation> ofV2Opcode(int opcode) {
        for (Operation operation : ALL) {
            if (operation.v2Opcode == opcode) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    public int v3Number() {
        return v3Number;
    }

    public int v2Opcode() {
        return v2Opcode;
    }
}
