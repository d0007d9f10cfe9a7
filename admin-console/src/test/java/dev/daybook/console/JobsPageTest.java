package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.Blocker;
import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobReport;
import dev.daybook.core.job.JobState;
import dev.daybook.core.job.Move;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs are shown with what is in their way, and are ended only by who means it. */
class JobsPageTest {
    private static final BookieId B1 = new BookieId("b1:3181");
    private static final BookieId B2 = new BookieId("b2:3181");

    private static TestConsole console;
    private static Browser browser;

    @BeforeAll
    static void start() {
        console = new TestConsole(Map.of());
        browser = Browser.loggedIn(console);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @BeforeEach
    void emptyCluster() {
        console.cluster().reset();
        console.look();
    }

    @Test
    void noJobsAreSaidInPlainWordsWithHowToOrderOne() {
        assertThat(body("/jobs")).contains("No job was ever ordered.", "daybook bookie decommission");
    }

    @Test
    void jobsAreListedTheNewestFirstWithWhatTheyAreAt() {
        order(Evacuation.decommission(B1));
        change(order(Evacuation.drain(B2)), JobsPageTest::halfWay);

        String page = body("/jobs");

        assertThat(page.indexOf("data-job=\"2\"")).isBetween(1, page.indexOf("data-job=\"1\""));
        assertThat(page).contains("decommission", "planned", "drain", "running", "value=\"50\"");
    }

    @Test
    void oneJobTellsItsPlanProgressAndWhatIsInItsWay() {
        long job = change(order(Evacuation.replace(B1, B2).byForce()), JobsPageTest::halfWay);

        String page = body("/jobs/" + job);

        assertThat(page)
                .contains("data-k=\"job.moved\" data-v=\"100\"", "data-k=\"job.ledgers\" data-v=\"200\"")
                .contains("Move every copy on it to b2:3181", "It was ordered by force", "the auditor&#39;s name")
                .contains(
                        "data-ledger=\"7\"", "No copy &lt;b&gt; is left.", ">2</span> more are counted and not named.")
                .contains("Waits for &lt;i&gt;nobody.");
    }

    @Test
    void aRebalanceListsItsMovesWithoutEnd() {
        List<Move> moves = LongStream.range(0, 1_000)
                .mapToObj(id -> new Move(new LedgerId(id), B1, B2, 4096))
                .toList();
        String page = body("/jobs/" + order(new Rebalance(moves)));

        assertThat(page).contains("Move 1,000 ledgers", ">900</span> more are not listed", "/ledgers/99\"");
        assertThat(page).doesNotContain("/ledgers/100\"");
    }

    @Test
    void aJobEndsOnlyForWhoTypesItsBookie() {
        long job = order(Evacuation.decommission(B1));
        String csrf = Browser.csrf(body("/jobs/" + job));

        HttpResponse<String> careless = cancel(job, csrf, "yes");
        assertThat(careless.statusCode()).isEqualTo(400);
        assertThat(careless.body()).contains("Nothing was changed: type b1:3181 to cancel the job.");
        assertThat(cancel(job, "forged", "b1:3181").statusCode()).isEqualTo(403);
        assertThat(browser.get("/jobs/" + job + "/cancel").statusCode()).isEqualTo(405);
        assertThat(stored(job).value().state()).isEqualTo(JobState.PLANNED);

        HttpResponse<String> meant = cancel(job, csrf, " b1:3181 ");
        assertThat(meant.statusCode()).isEqualTo(302);
        assertThat(stored(job).value().state()).isEqualTo(JobState.CANCELLED);
        assertThat(body("/jobs/" + job))
                .contains("data-k=\"job.state\" data-v=\"cancelled\"")
                .doesNotContain("Cancel this job");
    }

    @Test
    void aJobThatRunsIsShownAsBeingCancelled() {
        long job = change(order(Evacuation.drain(B1)), JobsPageTest::halfWay);

        assertThat(cancel(job, Browser.csrf(body("/jobs/" + job)), "b1:3181").statusCode())
                .isEqualTo(302);

        assertThat(body("/jobs/" + job)).contains("being cancelled").doesNotContain("Cancel this job");
    }

    @Test
    void aReadOnlyConsoleEndsNothing() {
        try (TestConsole looking = new TestConsole(Map.of("daybook.console.read-only", "true"))) {
            Browser visitor = Browser.loggedIn(looking);
            JobStore jobs = looking.cluster().jobs();
            jobs.submit(Evacuation.decommission(B1), 1).toCompletableFuture().join();
            String page = visitor.get("/jobs/1").body();
            assertThat(page).contains("decommission").doesNotContain("Cancel this job");

            HttpResponse<String> refused =
                    visitor.post("/jobs/1/cancel", Browser.csrf(page), Map.of("confirm", "b1:3181"));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("daybook.console.read-only");
            assertThat(jobs.find(1)
                            .toCompletableFuture()
                            .join()
                            .orElseThrow()
                            .value()
                            .state())
                    .isEqualTo(JobState.PLANNED);
        }
    }

    @Test
    void whatIsNoJobIsNotFound() {
        assertThat(browser.get("/jobs/7").statusCode()).isEqualTo(404);
        assertThat(browser.get("/jobs/7").body()).contains("There is no job 7");
        for (String wrong : List.of("0", "-1", "abc", "9999999999999999999")) {
            assertThat(browser.get("/jobs/" + wrong).statusCode()).as(wrong).isEqualTo(404);
        }
        assertThat(cancel(7, Browser.csrf(body("/jobs")), "b1:3181").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSilentMetadataServiceIsSaidInOneSentence() {
        console.cluster().mood = FakeCluster.Mood.FAILS;
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(503);
        assertThat(browser.get("/jobs/1").statusCode()).isEqualTo(503);
        assertThat(browser.get("/jobs/1").body()).contains("the metadata service could not be asked");
    }

    private static Job halfWay(Job job) {
        Blockers blockers = new Blockers(List.of(new Blocker(new LedgerId(7), "No copy <b> is left.")), 3);
        JobReport report = new JobReport(new JobProgress(200, 100, 5_000, 1 << 20), blockers, "Waits for <i>nobody.");
        return job.claimed(new Job.Claim("the auditor's name", 3), 2_000).reporting(report);
    }

    private static long order(JobOrder order) {
        Submission outcome = console.cluster()
                .jobs()
                .submit(order, 1_000)
                .toCompletableFuture()
                .join();
        return ((Submission.Accepted) outcome).job().id();
    }

    private static long change(long job, UnaryOperator<Job> change) {
        Versioned<Job> before = stored(job);
        console.cluster()
                .jobs()
                .save(change.apply(before.value()), before.version())
                .toCompletableFuture()
                .join();
        return job;
    }

    private static Versioned<Job> stored(long job) {
        return console.cluster().jobs().find(job).toCompletableFuture().join().orElseThrow();
    }

    private static HttpResponse<String> cancel(long job, String csrf, String confirm) {
        return browser.post("/jobs/" + job + "/cancel", csrf, Map.of("confirm", confirm));
    }

    private static String body(String path) {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
