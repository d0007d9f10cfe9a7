package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pages show of a cluster that answers. */
class PagesTest {
    private static final Quorum E3W3A2 = new Quorum(3, 3, 2);

    private static TestConsole console;
    private static Browser browser;
    private static FakeBookieHttp http;
    private static FakeCluster cluster;

    @BeforeAll
    static void start() {
        console = new TestConsole(Map.of());
        browser = Browser.loggedIn(console);
        http = new FakeBookieHttp();
        cluster = console.cluster();
    }

    @AfterAll
    static void stop() {
        console.close();
        http.close();
    }

    @BeforeEach
    void threeBookies() {
        cluster.reset();
        http.silent = false;
        http.status = 200;
        http.tells(Samples.usage("b1:3181", 0.4));
        cluster.bookie("b1:3181", State.WRITABLE, http.endpoint())
                .bookie("b2:3181", State.WRITABLE)
                .bookie("b3:3181", State.WRITABLE);
        console.look();
    }

    @Test
    void overviewOfAHealthyClusterSaysSoAndCounts() {
        String page = body("/");

        assertThat(page).contains("data-k=\"verdict\" data-v=\"Healthy\"");
        assertThat(page).doesNotContain("data-reason");
        assertThat(page).contains("data-k=\"bookies.writable\" data-v=\"3\"");
        assertThat(page).contains("data-k=\"snapshot.at\"");
        assertThat(page).contains("data-k=\"ledgers.under-replicated\" data-v=\"0\"");
    }

    @Test
    void overviewNamesEveryReason() {
        http.tells(Samples.usage("b1:3181", 0.92));
        cluster.bookie("b2:3181", State.READ_ONLY).bookie("b3:3181", State.DOWN);
        cluster.auditor = Optional.empty();
        cluster.autoRecovery = false;
        mark(7, "b3:3181");
        console.look();

        String page = body("/");

        assertThat(page).contains("data-k=\"verdict\" data-v=\"Needs attention\"");
        for (String code : List.of(
                "bookies-down",
                "bookies-read-only",
                "disks-nearly-full",
                "under-replicated",
                "auditor-missing",
                "auto-recovery-off")) {
            assertThat(page).contains("data-reason=\"" + code + "\"");
        }
        assertThat(page).contains("1 bookie is down: b3:3181.");
    }

    @Test
    void noWritableBookieIsCritical() {
        cluster.bookies.clear();
        console.look();

        assertThat(body("/")).contains("data-v=\"Critical\"", "data-reason=\"no-writable-bookies\"");
        assertThat(body("/bookies")).contains("No bookie has joined this cluster yet.");
    }

    @Test
    void bookiesShowDiskJournalAndEntryLogs() {
        String page = body("/bookies");

        assertThat(page).contains("href=\"/bookies/b1:3181\"", "<caption", "scope=\"row\"");
        assertThat(page).contains("data-k=\"journal.bytes\" data-v=\"201326592\"");
        assertThat(page).contains("data-k=\"journal.replay\" data-v=\"7340032\"");
        assertThat(page).contains("data-k=\"entrylog.bytes\" data-v=\"2500000000\"");
        assertThat(page).contains("warns at 90.0\u00a0%", "read-only at 95.0\u00a0%");
    }

    @Test
    void aBookieWithoutHttpShowsTheDiskItTellsOverItsOwnProtocolAndUnknownElsewhere() {
        String page = body("/bookies/b2:3181");

        assertThat(page).contains("The bookie publishes no HTTP endpoint.");
        assertThat(body("/bookies")).contains("30.0\u00a0% used of 1000.0\u00a0GiB");
    }

    @Test
    void bookiesAreFilteredByState() {
        cluster.bookie("b3:3181", State.DOWN);
        console.look();

        assertThat(body("/bookies?state=DOWN"))
                .contains("data-bookie=\"b3:3181\"")
                .doesNotContain("data-bookie=\"b1");
        assertThat(browser.get("/bookies?state=SLEEPY").statusCode()).isEqualTo(400);
    }

    @Test
    void aBookieThatWentDownKeepsItsPageWithTheLastKnownFacts() {
        cluster.bookie("b1:3181", State.DOWN);
        console.look();

        String page = body("/bookies/b1:3181");

        assertThat(page).contains("This bookie is not registered", "seen up", "/data/ledgers", "48,211,907");
        assertThat(page).contains(Integer.toString(http.endpoint().port()));
    }

    @Test
    void aBookieWhoseHttpIsSilentIsShownAsUnknownWithinTheTimeLimit() {
        http.silent = true;
        console.look();

        assertThat(body("/")).contains("data-reason=\"usage-unknown\"", "data-bookie=\"b1:3181\"");
        assertThat(body("/bookies/b1:3181")).contains("did not answer within 400 ms");
    }

    @Test
    void anAnswerOfAnotherBookieOrWithoutSenseIsNotTaken() {
        http.tells(Samples.usage("b9:3181", 0.4));
        console.look();
        assertThat(body("/bookies/b1:3181")).contains("another bookie answers: b9:3181");

        http.body = "<html>hello</html>";
        console.look();
        assertThat(body("/bookies/b1:3181")).contains("something that is not a usage");

        http.status = 500;
        console.look();
        assertThat(body("/bookies/b1:3181")).contains("HTTP status 500");
    }

    @Test
    void anUnknownBookieIsNotFound() {
        assertThat(browser.get("/bookies/nobody:1").statusCode()).isEqualTo(404);
        assertThat(browser.get("/bookie?id=%22%3E%3Cscript%3E").statusCode()).isEqualTo(404);
    }

    @Test
    void bookieIdsThatDoNotFitIntoAPathHaveAPageToo() {
        cluster.bookie("A<B>;C\\D?=@:^1", State.WRITABLE);
        console.look();

        assertThat(body("/bookies")).contains("/bookie?id=A%3CB%3E%3BC%5CD%3F%3D%40%3A%5E1", "A&lt;B&gt;;C\\D?=@:^1");
        assertThat(body("/bookie?id=A%3CB%3E%3BC%5CD%3F%3D%40%3A%5E1"))
                .contains("A&lt;B&gt;;C")
                .doesNotContain("A<B>");
    }

    @Test
    void anEmptyClusterHasNoLedgersInPlainWords() {
        assertThat(body("/ledgers")).contains("This cluster has no ledgers.");
    }

    @Test
    void ledgersArePagedByCursorAndNeverReadBeyondThePage() {
        for (long id = 1; id <= 10_000; id++) {
            cluster.ledgers.put(new LedgerId(id * 3), Samples.closed(E3W3A2, 99, 4096, ensemble()));
        }

        String first = body("/ledgers");
        assertThat(first).contains("data-ledger=\"3\"", "data-ledger=\"150\"").doesNotContain("data-ledger=\"153\"");
        assertThat(first).contains("href=\"/ledgers?after=150\"");
        assertThat(cluster.ledgersRead.get()).isEqualTo(50);

        String second = body("/ledgers?after=150");
        assertThat(second).contains("data-ledger=\"153\"", "Ledgers above").doesNotContain("data-ledger=\"150\"");
        assertThat(body("/ledgers?after=29999")).contains("data-ledger=\"30000\"", "End of the list");
        assertThat(body("/ledgers?after=30000")).contains("There are no ledgers above");
    }

    @Test
    void ledgerRowsTellStateQuorumSizeEntriesAndDigest() {
        cluster.ledgers.put(new LedgerId(5), Samples.closed(new Quorum(4, 3, 2), 999, 123_456, ensemble("b4:3181")));
        cluster.ledgers.put(
                new LedgerId(6),
                Samples.open(E3W3A2, ensemble(), Samples.fragment(500, "b1:3181", "b2:3181", "b3:3181")));

        String page = body("/ledgers");

        assertThat(page).contains("closed", "4 / 3 / 2", "data-k=\"entries\" data-v=\"1000\"", "crc32c");
        assertThat(page).contains("data-k=\"bytes\" data-v=\"123456\"");
        assertThat(page).contains("open", "≥\u00a0500", "not closed");
    }

    @Test
    void aLedgerIsFoundByItsExactId() {
        cluster.ledgers.put(new LedgerId(5), Samples.closed(E3W3A2, 9, 10, ensemble()));

        HttpResponse<String> found = browser.get("/ledgers?id=+5+");
        assertThat(found.statusCode()).isEqualTo(302);
        assertThat(found.headers().firstValue("Location").orElse("")).endsWith("/ledgers/5");
        assertThat(browser.get("/ledgers/6").statusCode()).isEqualTo(404);
        assertThat(browser.get("/ledgers/6").body()).contains("There is no ledger 6");
        for (String wrong : List.of("-1", "abc", "9223372036854775808", "%3Cscript%3E")) {
            assertThat(browser.get("/ledgers?id=" + wrong).statusCode()).isEqualTo(400);
            assertThat(browser.get("/ledgers?after=" + wrong).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void oneLedgerShowsFragmentsWithTheStateOfEachBookieAndTheRisk() {
        cluster.bookie("b3:3181", State.DOWN);
        console.look();
        cluster.ledgers.put(
                new LedgerId(5),
                Samples.closed(
                        E3W3A2,
                        199,
                        5000,
                        Samples.fragment(0, "b1:3181", "b2:3181", "b3:3181"),
                        Samples.fragment(100, "b1:3181", "b3:3181", "gone:3181")));

        String page = body("/ledgers/5");

        assertThat(page).contains("0 – 99", "100 – 199", "2 of 3", "1 of 3", "down", "gone");
        assertThat(page).contains("the next failure makes entries unreadable");
    }

    @Test
    void aLedgerPasswordNeverShows() {
        cluster.ledgers.put(new LedgerId(5), Samples.closed(E3W3A2, 9, 10, ensemble()));

        assertThat(body("/ledgers/5")).doesNotContain(Samples.LEDGER_PASSWORD);
        assertThat(body("/ledgers")).doesNotContain(Samples.LEDGER_PASSWORD);
    }

    @Test
    void hostileCustomMetadataIsTextAndSecretsAreHidden() {
        LedgerMetadata hostile = Samples.withCustom(
                Samples.closed(E3W3A2, 9, 10, ensemble()),
                Map.of(
                        "<img src=x onerror=alert(1)>", "\"><script>alert(2)</script>",
                        "${1234567*3}", "__${1234567*3}__ [[${1234567*3}]]",
                        "direction", "abc\u202Etxt.exe",
                        "db-password", "hunter2",
                        "binary", "\u0000\u0001"));
        cluster.ledgers.put(new LedgerId(5), hostile);

        String page = body("/ledgers/5");

        assertThat(page).contains("&lt;script&gt;alert(2)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;");
        assertThat(page).doesNotContain("<script>alert", "<img", "hunter2", "3703701", "\u202E");
        assertThat(page).contains("abc\\u{202e}txt.exe", "the key looks like a secret", "00 01");
    }

    @Test
    void underReplicatedLedgersAreListedWorstFirst() {
        cluster.bookie("b3:3181", State.DOWN);
        console.look();
        mark(7, "b3:3181");
        cluster.ledgers.put(new LedgerId(7), Samples.closed(E3W3A2, 9, 10, ensemble()));
        mark(8, "b3:3181", "lost:3181");
        cluster.ledgers.put(
                new LedgerId(8), Samples.closed(E3W3A2, 9, 10, Samples.fragment(0, "b1:3181", "b3:3181", "lost:3181")));
        console.look();

        String page = body("/replication");

        assertThat(page.indexOf("data-ledger=\"8\"")).isBetween(1, page.indexOf("data-ledger=\"7\""));
        assertThat(page).contains("last copy", "2 of 3", "lost:3181", "worker &lt;b&gt;", "closed");
    }

    @Test
    void noMarksAreSaidInPlainWordsWithWhoIsLooking() {
        assertThat(body("/replication"))
                .contains("No ledger is marked as lacking copies.")
                .doesNotContain("Nobody is looking");

        cluster.auditor = Optional.empty();
        console.look();

        assertThat(body("/replication")).contains("Nobody is looking");
    }

    @Test
    void pagesCarryLandmarksAndASkipLink() {
        for (String path :
                List.of("/", "/bookies", "/bookies/b1:3181", "/ledgers", "/replication", "/recovery", "/jobs")) {
            assertThat(body(path))
                    .contains("<html lang=\"en\"", "class=\"skip\" href=\"#main\"", "<main id=\"main\"", "<h1", "<nav")
                    .doesNotContain("style=\"", "onclick", "http://", "https://", "${", "th:");
        }
    }

    private static String body(String path) {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static dev.daybook.protocol.model.Fragment ensemble(String... more) {
        String[] ids = new String[3 + more.length];
        ids[0] = "b1:3181";
        ids[1] = "b2:3181";
        ids[2] = "b3:3181";
        System.arraycopy(more, 0, ids, 3, more.length);
        return Samples.fragment(0, ids);
    }

    private static void mark(long ledger, String... missing) {
        cluster.marks.add(new UnderReplicatedLedger(
                new LedgerId(ledger),
                List.of(missing).stream().map(BookieId::new).toList(),
                OptionalLong.of(1_795_219_200_000L),
                Optional.of("worker <b>")));
    }
}
