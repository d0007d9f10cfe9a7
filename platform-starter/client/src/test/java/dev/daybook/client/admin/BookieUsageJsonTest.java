package dev.daybook.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookieUsageJsonTest {
    @Test
    void writesEveryMemberUnderItsComponentName() {
        BookieUsage usage = new BookieUsage(
                new BookieId("b1:3181"),
                BookieUsage.State.READ_ONLY,
                "0.1",
                10,
                5,
                List.of(new BookieUsage.Journal("/j", 2, 300, 7, 42, 12)),
                new BookieUsage.EntryLogs(1, 9, List.of(new BookieUsage.EntryLog(3, "/l", 9, true))),
                new BookieUsage.WriteCache(1, 2),
                BookieUsage.UNKNOWN,
                4,
                List.of(new BookieUsage.Directory(
                        "/l", BookieUsage.Kind.LEDGER, 100, 60, 40, 0.5, Double.NaN, false, "almost \"full\"\n")),
                new BookieUsage.Garbage(
                        77,
                        "left out",
                        3,
                        List.of(new BookieUsage.GarbageDirectory(
                                "/l", 5, 6, "major", BookieUsage.Hold.NOBODY, BookieUsage.Hold.DISK, 1, "p"))),
                new BookieUsage.Integrity(true, 1, 2, 3, 4, 5, 6, "q"));

        assertThat(BookieUsageJson.write(usage)).isEqualTo("""
                {"bookie":"b1:3181","state":"READ_ONLY","version":"0.1","takenAtMillis":10,"startedAtMillis":5,\
                "journals":[{"directory":"/j","files":2,"bytes":300,"headFile":7,"headOffset":42,"replayBytes":12}],\
                "entryLogs":{"count":1,"bytes":9,"files":[{"id":3,"directory":"/l","bytes":9,"open":true}]},\
                "writeCache":{"bytes":1,"maxBytes":2},"ledgers":-1,"entries":4,\
                "directories":[{"path":"/l","kind":"LEDGER","totalBytes":100,"usedBytes":60,"freeBytes":40,\
                "warnRatio":0.5,"fullRatio":-1,"writable":false,"problem":"almost \\"full\\"\\u000a"}],\
                "garbage":{"lastSuccessMillis":77,"problem":"left out","ledgersDeleted":3,\
                "directories":[{"path":"/l","bytesReclaimed":5,"bytesCopied":6,"compacting":"major",\
                "minor":"NOBODY","major":"DISK","damagedLogs":1,"problem":"p"}]},\
                "integrity":{"scrubbing":true,"scrubbedBytes":1,"scrubbedMillis":2,"damagedPlaces":3,\
                "unreadableEntries":4,"unreadableLedgers":5,"limboLedgers":6,"problem":"q"}}""");
    }

    @Test
    void listsMayBeEmpty() {
        BookieUsage usage = new BookieUsage(
                new BookieId("b1"),
                BookieUsage.State.WRITABLE,
                "",
                0,
                0,
                List.of(),
                new BookieUsage.EntryLogs(0, 0, List.of()),
                new BookieUsage.WriteCache(0, 0),
                0,
                0,
                List.of(),
                BookieUsage.Garbage.NOT_TOLD,
                BookieUsage.Integrity.NOT_TOLD);

        assertThat(BookieUsageJson.write(usage))
                .contains("\"journals\":[]", "\"files\":[]")
                .contains("\"directories\":[],\"garbage\"")
                .contains("\"directories\":[]},\"integrity\"");
    }
}
