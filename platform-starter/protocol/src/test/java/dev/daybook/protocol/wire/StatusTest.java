package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Status;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {
    /** The table of wire protocol, section 7, written once more. */
    @ParameterizedTest
    @CsvSource({
        "OK, 0, 0",
        "NO_LEDGER, 1, 402",
        "NO_ENTRY, 2, 403",
        "BAD_REQUEST, 100, 404",
        "IO_ERROR, 101, 501",
        "UNAUTHORIZED, 102, 502",
        "BAD_VERSION, 103, 503",
        "FENCED, 104, 504",
        "READ_ONLY, 105, 505",
        "TOO_MANY_REQUESTS, 106, 506",
        "UNKNOWN_LEDGER_STATE, 107, 507"
    })
    void everyMeaningHasOneCodePerGeneration(Status status, int v2Code, int v3Code) {
        assertThat(status.v2Code()).isEqualTo(v2Code);
        assertThat(status.v3Code()).isEqualTo(v3Code);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusComesBackFromItsCodes(Status status) {
        assertThat(Status.ofV2Code(status.v2Code())).contains(status);
        assertThat(Status.ofV3Code(status.v3Code())).contains(status);
    }

    @Test
    void noOtherCodeMeansAnything() {
        assertThat(IntStream.range(-1000, 1000)
                        .filter(code -> Status.ofV2Code(code).isPresent()))
                .hasSize(Status.values().length);
        assertThat(IntStream.range(-1000, 1000)
                        .filter(code -> Status.ofV3Code(code).isPresent()))
                .hasSize(Status.values().length);
    }

    @Test
    void onlyTwoStatusesSayThatAnEntryIsAbsent() {
        assertThat(Arrays.stream(Status.values()).filter(Status::isExplicitNegative))
                .containsExactly(Status.NO_LEDGER, Status.NO_ENTRY);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationComesBackFromItsNumbers(Operation operation) {
        assertThat(Operation.ofV3Number(operation.v3Number())).contains(operation);
        if (operation.v2Opcode() != Operation.NOT_IN_V2) {
            assertThat(Operation.ofV2Opcode(operation.v2Opcode())).contains(operation);
        }
    }
}
