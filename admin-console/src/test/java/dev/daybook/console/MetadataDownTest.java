package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord.State;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A metadata service that refuses or says nothing: pages answer, soon, and say what they do not know. */
class MetadataDownTest {
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
    void seenOnce() {
        cluster.reset();
        cluster.bookie("b1:3181", State.WRITABLE);
        cluster.ledgers.put(new LedgerId(1), Samples.closed(new Quorum(1, 1, 1), 4, 5, Samples.fragment(0, "b1:3181")));
        console.look();
    }

    @Test
    void overviewAndBookiesKeepWhatWasSeenLastUnderABanner() {
        for (FakeCluster.Mood mood : List.of(FakeCluster.Mood.FAILS, FakeCluster.Mood.HANGS)) {
            cluster.mood = mood;
            console.look();

            HttpResponse<String> overview = browser.get("/");
            assertThat(overview.statusCode()).isEqualTo(200);
            assertThat(overview.body())
                    .contains("data-k=\"metadata.problem\"", "data-reason=\"metadata-unreachable\"", "b1:3181")
                    .contains("data-v=\"Critical\"");
            HttpResponse<String> bookies = browser.get("/bookies");
            assertThat(bookies.statusCode()).isEqualTo(200);
            assertThat(bookies.body()).contains("unknown", "b1:3181");
            assertThat(browser.get("/replication").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pagesThatMustAskAnswer503WithOneSentence() {
        for (FakeCluster.Mood mood : List.of(FakeCluster.Mood.FAILS, FakeCluster.Mood.HANGS)) {
            cluster.mood = mood;
            for (String path : List.of("/ledgers", "/ledgers/1")) {
                HttpResponse<String> answer = browser.get(path);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body())
                        .contains(mood == FakeCluster.Mood.FAILS ? "refused the call." : "No answer within 400 ms.")
                        .doesNotContain("Exception", "dev.daybook");
            }
        }
    }

    @Test
    void aConsoleThatNeverSawTheClusterAnswers503EverywhereAndDoesNotClaimZero() {
        for (String mood : List.of("FAILS", "HANGS")) {
            try (TestConsole fresh = new TestConsole(Map.of("fake.mood", mood))) {
                Browser visitor = Browser.loggedIn(fresh);
                for (String path : List.of("/", "/bookies", "/bookies/b1", "/ledgers", "/ledgers/1", "/replication")) {
                    HttpResponse<String> answer = visitor.get(path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(503);
                    assertThat(answer.body())
                            .contains("data-k=\"metadata.problem\"")
                            .doesNotContain("data-v=\"0\"", "No ledger is marked", "No bookie has");
                }
                assertThat(visitor.get("/").body()).contains("data-k=\"verdict\" data-v=\"Unknown\"");
                assertThat(visitor.get("/actuator/health").statusCode()).isEqualTo(200);
            }
        }
    }
}
