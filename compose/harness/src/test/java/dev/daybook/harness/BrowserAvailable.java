package dev.daybook.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test only where Chromium and its driver are installed. With {@code CI=true} nothing is skipped: there a missing
 * browser is a failure of the set-up, and the test says so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserAvailable.Condition.class)
@interface BrowserAvailable {
    /** Looks for the two programs. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if ("true".equals(System.getenv("CI"))) {
                return ConditionEvaluationResult.enabled("CI runs everything");
            }
            return Files.isExecutable(Browser.CHROMIUM) && Files.isExecutable(Browser.DRIVER)
                    ? ConditionEvaluationResult.enabled("Chromium and its driver are installed")
                    : ConditionEvaluationResult.disabled(
                            "no " + Browser.CHROMIUM + " with " + Browser.DRIVER + " on this machine");
        }
    }
}
