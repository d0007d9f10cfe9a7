package dev.daybook.verification.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.History;
import dev.daybook.verification.history.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each judge is shown a history that it must condemn; all of them must let the good one pass. */
class CheckersTest {
    private final History history = new History();

    private void add(long entryId, Kind kind) {
        int add = history.invoke("w", "w#1", Call.ADD, 1, entryId, "v" + entryId, 10);
        history.end(add, kind, "");
    }

    private void read(long entryId, Kind kind, String value) {
        int read = history.invoke("r", "r#1", Call.READ, 1, entryId, "", 0);
        history.end(read, kind, value, -1, -1, "");
    }

    private void lac(long last) {
        history.end(history.invoke("r", "r#1", Call.READ_LAC, 1), Kind.OK, "", last, -1, "");
    }

    private void recover(long last, long length) {
        history.end(history.invoke("c", "c#1", Call.RECOVER, 1), Kind.OK, "", last, length, "");
    }

    private void assertBroken(String... rules) {
        assertEquals(List.of(rules), broken());
    }

    private List<String> broken() {
        return Checker.all().stream()
                .flatMap(checker -> checker.check(history).stream())
                .map(Violation::rule)
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    @Test
    void aGoodHistoryPasses() {
        add(0, Kind.OK);
        add(1, Kind.OK);
        add(2, Kind.INFO);
        lac(1);
        recover(2, 30);
        history.beginFinalPhase();
        read(0, Kind.OK, "v0");
        read(1, Kind.OK, "v1");
        read(2, Kind.OK, "v2");
        assertBroken();
    }

    @Test
    void anAcknowledgedEntryIsMissed() {
        add(0, Kind.OK);
        history.beginFinalPhase();
        read(0, Kind.INFO, "");
        assertBroken("C1");
    }

    @Test
    void anEntryVanishes() {
        add(0, Kind.INFO);
        read(0, Kind.OK, "v0");
        read(0, Kind.ABSENT, "");
        assertBroken("C2");
    }

    @Test
    void twoEndsAreNoticed() {
        add(0, Kind.INFO);
        recover(0, 10);
        recover(-1, 0);
        assertBroken("C7");
    }

    @Test
    void aWrongLengthIsNoticed() {
        add(0, Kind.INFO);
        recover(0, 11);
        assertBroken("C3");
    }

    @Test
    void wrongBytesAreNoticed() {
        add(0, Kind.INFO);
        read(0, Kind.OK, "something else");
        assertBroken("C4");
    }

    @Test
    void aWriterThatOutlivesItsRecoveryIsNoticed() {
        add(0, Kind.INFO);
        recover(0, 10);
        int late = history.invoke("w", "w#2", Call.ADD, 1, 0, "v0", 10);
        history.beginFinalPhase();
        history.end(late, Kind.OK, "");
        read(0, Kind.OK, "v0");
        assertBroken("C5");
    }

    @Test
    void aConfirmationThatFallsIsNoticed() {
        lac(3);
        lac(2);
        assertBroken("C6");
    }

    @Test
    void aConfirmationThatIsTakenBackIsNoticed() {
        lac(0);
        recover(-1, 0);
        assertBroken("C6");
    }

    @Test
    void aLedgerThatIsClosedAfterItsDeletionIsNoticed() {
        history.end(history.invoke("d", "d#1", Call.DELETE, 1), Kind.OK, "");
        history.end(history.invoke("w", "w#1", Call.CLOSE, 1), Kind.OK, "", -1, 0, "");
        assertBroken("C11");
    }

    @Test
    void anEndlessOperationIsNoticed() {
        history.invoke("r", "r#1", Call.READ, 1, 0, "", 0);
        assertBroken("C12");
    }

    @Test
    void anAcknowledgementOutOfOrderIsNoticed() {
        add(1, Kind.OK);
        history.beginFinalPhase();
        read(1, Kind.OK, "v1");
        assertBroken("C16");
    }
}
