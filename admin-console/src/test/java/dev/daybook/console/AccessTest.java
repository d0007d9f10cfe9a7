package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who gets in, and what an answer gives away. */
class AccessTest {
    private static final List<String> PAGES = List.of(
            "/",
            "/bookies",
            "/bookies/b1:3181",
            "/bookie?id=b",
            "/ledgers",
            "/ledgers/1",
            "/replication",
            "/recovery",
            "/jobs",
            "/jobs/1",
            "/nope");

    private TestConsole console;

    @BeforeEach
    void start() {
        console = new TestConsole(Map.of());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void everyPageAsksForALogin() {
        Browser stranger = new Browser(console.url());
        for (String page : PAGES) {
            HttpResponse<String> answer = stranger.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
        }
        assertThat(stranger.get("/login").statusCode()).isEqualTo(200);
        assertThat(stranger.get("/login").body()).doesNotContain("zk1", "Ledgers");
        assertThat(stranger.get("/assets/console.css").statusCode()).isEqualTo(200);
    }

    @Test
    void theRightPasswordOpensAndLogoutCloses() {
        Browser browser = new Browser(console.url());
        HttpResponse<String> wrong = browser.login("admin", "guess");
        assertThat(wrong.headers().firstValue("Location").orElse("")).endsWith("/login?error");
        assertThat(browser.get("/login?error").body()).contains("User name or password is wrong.");

        assertThat(browser.login("admin", TestConsole.PASSWORD).statusCode()).isEqualTo(302);
        String page = browser.get("/").body();
        assertThat(browser.get("/logout").statusCode()).isIn(302, 404, 405);
        assertThat(browser.get("/").statusCode()).isNotEqualTo(302);

        browser.post("/logout", Browser.csrf(page), Map.of());
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        Browser browser = Browser.loggedIn(console);
        HttpResponse<String> answer = browser.post("/logout", "forged", Map.of());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("The form was out of date").doesNotContain("Exception");
        assertThat(browser.get("/bookies").statusCode()).isNotEqualTo(302);
    }

    @Test
    void guessingIsSlowedDownEvenForTheRightPassword() {
        Browser guesser = new Browser(console.url());
        for (int i = 0; i < 5; i++) {
            assertThat(guesser.login("admin", "guess " + i).statusCode()).isEqualTo(302);
        }
        HttpResponse<String> sixth = guesser.login("admin", TestConsole.PASSWORD);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
        assertThat(sixth.body()).contains("Too many logins were attempted from this address");
    }

    @Test
    void answersCarryTheHeadersThatKeepBrowsersSafe() {
        Browser browser = Browser.loggedIn(console);
        for (String page : List.of("/login", "/", "/nope", "/ledgers")) {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(page)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        }
        HttpCookie session = browser.cookies().stream()
                .filter(cookie -> cookie.getName().equals("DAYBOOK_CONSOLE"))
                .findFirst()
                .orElseThrow();
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(new Browser(console.url())
                        .get("/login")
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElse(""))
                .contains("SameSite=Lax", "HttpOnly");
    }

    @Test
    void whatGoesWrongIsOneSentence() {
        Browser browser = Browser.loggedIn(console);
        assertThat(browser.get("/nope").statusCode()).isEqualTo(404);
        assertThat(browser.get("/nope").body()).contains("There is no page at this address.");
        assertThat(browser.post("/bookies", Browser.csrf(browser.get("/").body()), Map.of())
                        .statusCode())
                .isEqualTo(405);
        for (String odd : List.of("/ledgers/%2e%2e", "/bookies/a;b", "/ledgers/1%00")) {
            HttpResponse<String> answer = browser.get(odd);
            assertThat(answer.statusCode()).as(odd).isBetween(400, 404);
            assertThat(answer.body()).doesNotContain("Exception", "at org.", "Tomcat");
        }
    }

    @Test
    void healthIsOpenAndPrometheusIsNot() {
        Browser machine = new Browser(console.url());
        assertThat(machine.get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("components");
        assertThat(machine.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(machine.get("/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(machine.get("/actuator/env").statusCode()).isEqualTo(401);

        HttpResponse<String> scraped =
                machine.get("/actuator/prometheus", "Authorization", basic(TestConsole.PASSWORD));
        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.body()).contains("daybook_console_bookies{", "daybook_console_metadata_reachable");
        assertThat(machine.get("/actuator/env", "Authorization", basic(TestConsole.PASSWORD))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void prometheusOpensByPropertyAndAPasswordMayComeHashed() {
        String hash = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("another lamp");
        try (TestConsole open =
                new TestConsole(Map.of("daybook.console.prometheus-open", "true", "daybook.console.password", hash))) {
            Browser visitor = new Browser(open.url());
            assertThat(visitor.get("/actuator/prometheus").statusCode()).isEqualTo(200);
            assertThat(visitor.login("admin", hash)
                            .headers()
                            .firstValue("Location")
                            .orElse(""))
                    .endsWith("?error");
            assertThat(visitor.login("admin", "another lamp")
                            .headers()
                            .firstValue("Location")
                            .orElse(""))
                    .doesNotContain("error");
        }
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
