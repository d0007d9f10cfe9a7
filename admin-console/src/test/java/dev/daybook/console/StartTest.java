package dev.daybook.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that the console refuses, each with one sentence that names the property. */
class StartTest {
    @Test
    void withoutAPasswordItDoesNotStart() {
        refuses("daybook.console.password", "");
        refuses("daybook.console.password", "   ");
        assertThatThrownBy(() -> ConsoleApplication.start(Map.of("daybook.metadata-uri", "zk://h/ledgers")))
                .isInstanceOf(ConsoleRefused.class)
                .hasMessageContaining("daybook.console.password is not set");
    }

    @Test
    void aPasswordThatCannotBeCheckedIsRefused() {
        refuses("daybook.console.password", "{bcrypt}not-a-hash");
        refuses("daybook.console.password", "x".repeat(73));
    }

    @Test
    void withoutAMetadataUriOrWithABadOneItDoesNotStart() {
        refuses("daybook.metadata-uri", "");
        refuses("daybook.metadata-uri", "zk1:2181");
    }

    @Test
    void connectionsThatCannotBeSecuredAsToldAreRefused() {
        refuses("daybook.auth.username", "operator");
        refuses("daybook.tls.certificate", "console.pem");
        refuses("daybook.metadata.password", "sesame");
        assertThatThrownBy(() -> new TestConsole(Map.of("daybook.auth.token", "sesame")))
                .isInstanceOf(ConsoleRefused.class)
                .hasMessageContaining("daybook.tls.trusted-certificates");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new TestConsole(Map.of("daybook.console.poll-interval", "1ms")))
                .rootCause()
                .hasMessageContaining("daybook.console.poll-interval");
    }

    @Test
    void theSettingsDoNotPrintThePassword() {
        ConsoleProperties properties = new ConsoleProperties(
                "admin", "secret", java.time.Duration.ofSeconds(1), java.time.Duration.ofSeconds(1), false, false);
        assertThat(properties.toString()).doesNotContain("secret");
    }

    private static void refuses(String property, String value) {
        assertThatThrownBy(() -> new TestConsole(Map.of(property, value)))
                .isInstanceOf(ConsoleRefused.class)
                .hasMessageContaining("The console does not start")
                .hasMessageContaining(property)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).endsWith(".").doesNotContain("\n"));
    }
}
