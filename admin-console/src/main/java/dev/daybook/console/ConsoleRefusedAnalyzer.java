package dev.daybook.console;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Boot print the sentence instead of a stack trace. */
final class ConsoleRefusedAnalyzer extends AbstractFailureAnalyzer<ConsoleRefused> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConsoleRefused cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set it as a property, in daybook-console.properties or in the environment.",
                cause);
    }
}
