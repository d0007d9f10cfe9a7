package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who repairs, how fast, and what is left, also when ten thousand ledgers lack copies. */
class RecoveryPageTest {
    private static final Pattern ROW = Pattern.compile("<tr data-ledger=");

    private static TestConsole console;
    private static Browser browser;
    private static FakeCluster cluster;

    @BeforeAll
    static void start() {
        console = new TestConsole(Map.of());
        browser = Browser.loggedIn(console);
        cluster = console.cluster();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @BeforeEach
    void threeBookies() {
        cluster.reset();
        for (String id : List.of("b1:3181", "b2:3181", "b3:3181")) {
            cluster.bookie(id, State.WRITABLE);
        }
        console.look();
    }

    @Test
    void anEmptyPageSaysWhoIsMissing() {
        cluster.auditor = Optional.empty();
        cluster.autoRecovery = false;
        console.look();

        assertThat(body("/recovery"))
                .contains("none elected", "Nobody looks for lost bookies", "No worker reports")
                .contains("data-k=\"limit.speed\">no limit", "not set", "off")
                .contains("missing copies", "not known");
    }

    @Test
    void theAuditorTellsItsTermAndWhatItDoesNext() {
        long now = System.currentTimeMillis();
        cluster.auditorReport = Optional.of(new AuditorReport(
                "b1:3181",
                41,
                now - 7_200_000,
                now,
                Set.of(new BookieId("b9:3181")),
                Map.of(
                        Search.LOST_BOOKIES, Course.NOTHING.begunAt(now - 1_000),
                        Search.MISSING_COPIES,
                                Course.NOTHING
                                        .begunAt(now - 9_000)
                                        .endedAt(now - 5_000, true, 17)
                                        .dueAt(now + 3_630_000),
                        Search.PLACEMENT, Course.NOTHING.begunAt(now - 9_000).endedAt(now, false, 0))));
        console.look();
        assertThat(body("/recovery"))
                .contains("data-k=\"auditor.term\" data-v=\"41\"", "2 h ago", "b9:3181", "gone")
                .contains("under way", "completed", "given up", "not in this term")
                .contains("data-k=\"search.marked\" data-v=\"17\"", "in 60 min", "none planned");

        cluster.auditor = Optional.of("somebody else");
        console.look();
        assertThat(body("/recovery")).contains("It is none of Daybook").doesNotContain("auditor.term");
    }

    @Test
    void workersLimitsDelayAndSearchesAreTold() {
        cluster.repairs()
                .setLimits(new RepairLimits(50 << 20, 8))
                .toCompletableFuture()
                .join();
        cluster.repairs().setLostBookieDelay(90).toCompletableFuture().join();
        cluster.repairs()
                .pretendCompleted(Search.MISSING_COPIES, System.currentTimeMillis() - 120_000)
                .toCompletableFuture()
                .join();
        cluster.repairs()
                .report(Samples.worker("worker <b>"))
                .toCompletableFuture()
                .join();
        console.look();

        assertThat(body("/recovery"))
                .contains("50.0\u00a0MiB/s", "data-k=\"limit.ledgers\">8", "90 s", "2 min ago")
                .contains("worker &lt;b&gt;", "data-k=\"worker.speed\" data-v=\"12582912\"", "waiting for slot")
                .contains("no target", "No bookie &lt;i&gt; may take a copy.", "Last trouble");
    }

    @Test
    void whoNeverSawAMarkDrawsNothing() {
        try (TestConsole fresh = new TestConsole(Map.of())) {
            fresh.cluster()
                    .repairs()
                    .setLostBookieDelay(0)
                    .toCompletableFuture()
                    .join();
            fresh.look();
            fresh.look();
            assertThat(Browser.loggedIn(fresh).get("/recovery").body())
                    .contains("No ledger has been marked since the console started.", "not at all")
                    .doesNotContain("The same as a table", "<polyline");
        }
    }

    @Test
    void theNumberOfMarkedLedgersIsDrawnAndTold() {
        markAll(20);
        console.look();
        cluster.marks.subList(0, 5).clear();
        console.look();

        assertThat(body("/recovery"))
                .contains("<polyline points=\"0.0,", "600.0,25.0\"", "The same as a table")
                .contains("data-k=\"ledgers.under-replicated\" data-v=\"15\"")
                .contains("data-k=\"repair.lacking\" data-v=\"15360\"");
    }

    @Test
    void tenThousandMarkedLedgersComeInPagesTheWorstFirst() {
        markAll(10_000);
        cluster.repairs().report(Samples.worker("w")).toCompletableFuture().join();
        cluster.ledgers.put(
                new LedgerId(9_000),
                Samples.closed(new Quorum(3, 3, 2), 9, 3072, Samples.fragment(0, "b1:3181", "gone-1", "gone-2")));
        console.look();
        cluster.ledgersRead.set(0);

        String first = body("/replication");

        assertThat(cluster.ledgersRead.get()).isEqualTo(100);
        assertThat(ROW.matcher(first).results()).hasSize(100);
        assertThat(first.indexOf("data-ledger=\"9000\"")).isBetween(1, first.indexOf("data-ledger=\"1\""));
        assertThat(first)
                .contains("data-v=\"10000\"", "data-k=\"copies.last-copy\" data-v=\"1\"")
                .contains("Page <span>1</span> of <span>100</span>", "/replication?page=2");
        assertThat(body("/replication?page=100"))
                .contains("/replication?page=99")
                .doesNotContain("page=101");
        assertThat(ROW.matcher(body("/replication?copies=last-copy")).results()).hasSize(1);
        assertThat(body("/replication?missing=b1:3181")).contains("No marked ledger is like this any more.");
        assertThat(body("/replication?copies=reduced&missing=gone-1"))
                .contains("copies=reduced&amp;missing=gone-1&amp;page=2");
        assertThat(first).contains("No bookie &lt;i&gt; may take a copy.");
    }

    @Test
    void addressesThatMakeNoSenseAreRefused() {
        for (String wrong : List.of("page=0", "page=-1", "page=x", "copies=many", "missing=%20")) {
            assertThat(browser.get("/replication?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    /** E3, one member gone: ten entries of 1 KiB in all, of which one bookie lacks its ten copies. */
    private static void markAll(int ledgers) {
        for (long id = 1; id <= ledgers; id++) {
            cluster.ledgers.put(
                    new LedgerId(id),
                    Samples.closed(new Quorum(3, 3, 2), 9, 1024, Samples.fragment(0, "b1:3181", "b2:3181", "gone-1")));
            cluster.marks.add(new UnderReplicatedLedger(
                    new LedgerId(id), List.of(new BookieId("gone-1")), OptionalLong.of(1_000 + id), Optional.empty()));
        }
    }

    private static String body(String path) {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
