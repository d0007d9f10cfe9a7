package dev.daybook.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param username who may log in
 * @param password in clear, or {@code {bcrypt}} and a hash; {@link StartCheck} has seen it
 * @param pollInterval pause between two looks at the cluster
 * @param answerTimeout how long a page or one look waits for the metadata service and for bookies
 * @param prometheusOpen whether {@code /actuator/prometheus} answers without credentials
 * @param readOnly whether nothing at all can be changed through the console
 */
@ConfigurationProperties("daybook.console")
public record ConsoleProperties(
        @DefaultValue("admin") String username,
        String password,
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("3s") Duration answerTimeout,
        @DefaultValue("false") boolean prometheusOpen,
        @DefaultValue("false") boolean readOnly) {
    public ConsoleProperties {
        if (username.isBlank()) {
            throw new ConsoleRefused("The console does not start because daybook.console.username is blank.");
        }
        if (pollInterval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new ConsoleRefused(
                    "The console does not start because daybook.console.poll-interval is below 100ms.");
        }
        if (answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new ConsoleRefused(
                    "The console does not start because daybook.console.answer-timeout is not positive.");
        }
    }

    /** The record's text would show the password. */
    @Override
    public String toString() {
        return "ConsoleProperties(username=" + username + ")";
    }
}
