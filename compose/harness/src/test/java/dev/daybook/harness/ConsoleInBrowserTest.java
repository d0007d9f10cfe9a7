package dev.daybook.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** An operator's way through the console of a running cluster, in a real browser. */
@BrowserAvailable
class ConsoleInBrowserTest {
    private static final int LINES = 2_500;
    private static final Pattern LEDGER = Pattern.compile("^Ledger\\s+(\\d+) at ", Pattern.MULTILINE);

    private static final By HEADING = By.cssSelector("main h1");
    private static final By BOOKIES = By.cssSelector("tr[data-bookie]");

    private final Path root = SourceTree.root();

    @TempDir
    Path folder;

    @Test
    void everyPageShowsTheClusterAndTheBrowserHasNoComplaints() throws Exception {
        try (Standalone cluster = Standalone.start(folder);
                Browser browser = Browser.start(root.resolve("compose/harness/target"), folder)) {
            String ledger = writeLedger(cluster);
            logIn(browser, cluster);
            overview(browser);
            bookies(browser);
            ledgers(browser, ledger);
            underReplicated(browser);
            recovery(browser);
            jobs(browser);
            logOut(browser, cluster);
        }
    }

    private String writeLedger(Standalone cluster) throws IOException {
        Path text = folder.resolve("text");
        Files.writeString(
                text,
                IntStream.range(0, LINES).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining()));
        String output = new Shell(root)
                .run(
                        Duration.ofMinutes(2),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                "samples/quickstart/target/quickstart.jar",
                                "--daybook.metadata-uri=" + cluster.metadataUri(),
                                "--file=" + text));
        Matcher ledger = LEDGER.matcher(output);
        assertThat(ledger.find()).as(output).isTrue();
        return ledger.group(1);
    }

    private static void logIn(Browser browser, Standalone cluster) throws IOException {
        browser.open(cluster.consoleUrl());
        assertThat(browser.text(HEADING)).isEqualTo("Log in");
        browser.keep("1-login");

        sendForm(browser, cluster.consoleUser(), "not the password");
        assertThat(browser.text(By.cssSelector("main [role=alert]"))).isEqualTo("User name or password is wrong.");
        browser.keep("2-login-refused");

        sendForm(browser, cluster.consoleUser(), cluster.consolePassword());
    }

    private static void sendForm(Browser browser, String user, String password) {
        browser.type(By.id("username"), user);
        browser.type(By.id("password"), password);
        browser.follow(By.cssSelector("main form button"));
    }

    private static void overview(Browser browser) throws IOException {
        browser.see(By.id("verdict"));
        browser.reloadUntilCount(BOOKIES, 3);
        assertThat(browser.text(By.cssSelector("[data-k='bookies.writable']"))).isEqualTo("3");
        assertThat(browser.text(By.cssSelector("[data-k='bookies.down']"))).isEqualTo("0");
        assertThat(browser.text(By.cssSelector("[data-k='ledgers.under-replicated']")))
                .isEqualTo("0");
        browser.keep("3-overview");
    }

    private static void bookies(Browser browser) throws IOException {
        browser.follow(By.linkText("Bookies"));
        assertThat(browser.text(HEADING)).isEqualTo("Bookies");
        assertThat(browser.texts(BOOKIES)).hasSize(3).allMatch(row -> row.contains("writable"));
        browser.keep("4-bookies");

        String bookie = browser.texts(By.cssSelector("tr[data-bookie] th")).get(0);
        browser.follow(By.linkText(bookie));
        assertThat(browser.text(HEADING)).contains(bookie, "writable");
        assertThat(browser.text(By.cssSelector("[aria-labelledby=directories]")))
                .contains("journal", "ledger");
        assertThat(browser.text(By.cssSelector("section.figures"))).doesNotContain("unknown");
        browser.keep("5-bookie");
    }

    private static void ledgers(Browser browser, String ledger) throws IOException {
        browser.follow(By.linkText("Ledgers"));
        assertThat(browser.text(By.cssSelector("tr[data-ledger='" + ledger + "']")))
                .contains("closed", "2,500");
        browser.keep("6-ledgers");

        browser.follow(By.linkText(ledger));
        assertThat(browser.text(HEADING)).contains("Ledger " + ledger, "closed");
        assertThat(browser.text(By.cssSelector("[data-k='quorum']"))).isEqualTo("3 / 3 / 2");
        assertThat(browser.text(By.cssSelector("[data-k='last-entry']"))).isEqualTo("2,499");
        assertThat(browser.text(By.cssSelector("[data-k='entries']"))).isEqualTo("2,500");
        assertThat(browser.texts(By.cssSelector("[aria-labelledby=fragments] tbody li a")))
                .hasSize(3)
                .doesNotHaveDuplicates();
        browser.keep("7-ledger");
    }

    private static void underReplicated(Browser browser) throws IOException {
        browser.follow(By.linkText("Under-replicated"));
        assertThat(browser.text(HEADING)).isEqualTo("Under-replicated ledgers");
        assertThat(browser.text(By.cssSelector("main .empty"))).startsWith("No ledger is marked as lacking copies.");
        browser.keep("8-under-replicated");
    }

    /** The standalone cluster has one worker, which is the auditor as well. */
    private static void recovery(Browser browser) throws IOException {
        browser.follow(By.linkText("Auto-recovery"));
        assertThat(browser.text(HEADING)).contains("Auto-recovery", "on");
        browser.reloadUntilCount(By.cssSelector("tr[data-worker]"), 1);
        assertThat(browser.text(By.cssSelector("tr[data-worker]"))).contains("standalone", "idle");
        assertThat(browser.text(By.cssSelector("[data-k='auditor']"))).isEqualTo("standalone");
        assertThat(browser.text(By.cssSelector("[aria-labelledby=searches]"))).contains("missing copies");
        browser.keep("9-recovery");
    }

    private static void jobs(Browser browser) throws IOException {
        browser.follow(By.linkText("Jobs"));
        assertThat(browser.text(HEADING)).isEqualTo("Jobs");
        assertThat(browser.text(By.cssSelector("main .empty"))).startsWith("No job was ever ordered.");
        browser.keep("10-jobs");
    }

    private static void logOut(Browser browser, Standalone cluster) throws IOException {
        browser.follow(By.cssSelector("form.out button"));
        assertThat(browser.text(By.cssSelector("main [role=status]"))).isEqualTo("You are logged out.");
        browser.keep("11-logged-out");

        browser.open(cluster.consoleUrl());
        assertThat(browser.text(HEADING)).isEqualTo("Log in");
    }
}
