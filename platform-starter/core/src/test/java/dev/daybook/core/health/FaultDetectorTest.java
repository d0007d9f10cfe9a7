package dev.daybook.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultDetectorTest {
    private static final BookieId BOOKIE = new BookieId("b1");
    private static final BookieId OTHER = new BookieId("b2");
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final FaultDetector detector = new FaultDetector(HealthLimits.DEFAULT);

    @Test
    void aBookieThatCannotBeReachedIsQuarantinedAtOnce() {
        detector.onUnreachable(BOOKIE, 0);
        assertThat(detector.hasChanged()).isTrue();
        assertThat(detector.quarantined(SECOND)).containsExactly(BOOKIE);
        assertThat(detector.hasChanged()).isFalse();
        assertThat(detector.nextReleaseNanos()).hasValue(MINUTE);
        assertThat(detector.quarantined(MINUTE)).as("its time is over").isEmpty();
        assertThat(detector.nextReleaseNanos()).isEmpty();
    }

    @Test
    void aBookieThatAnswersBadlyGetsChances() {
        detector.onFailure(BOOKIE, 0);
        detector.onFailure(BOOKIE, 1);
        assertThat(detector.quarantined(2)).isEmpty();
        assertThat(detector.isDoubtful(BOOKIE, 2)).isTrue();
        detector.onAnswer(BOOKIE);
        assertThat(detector.isDoubtful(BOOKIE, 3)).isFalse();
        detector.onFailure(BOOKIE, 4);
        detector.onFailure(BOOKIE, 5);
        assertThat(detector.quarantined(6)).as("an answer in between").isEmpty();
        detector.onFailure(BOOKIE, 7);
        assertThat(detector.quarantined(8)).containsExactly(BOOKIE);
    }

    @Test
    void goodAnswersInARowLeadOutOfQuarantine() {
        detector.onUnreachable(BOOKIE, 0);
        detector.onAnswer(BOOKIE);
        detector.onAnswer(BOOKIE);
        detector.onFailure(BOOKIE, SECOND);
        detector.onAnswer(BOOKIE);
        detector.onAnswer(BOOKIE);
        assertThat(detector.quarantined(2 * SECOND)).as("the row was broken").containsExactly(BOOKIE);
        detector.onAnswer(BOOKIE);
        assertThat(detector.quarantined(2 * SECOND)).isEmpty();
    }

    @Test
    void eachRelapseTakesTwiceAsLongUpToAMaximum() {
        long now = 0;
        long expected = MINUTE;
        for (int relapse = 0; relapse < 10; relapse++) {
            detector.onUnreachable(BOOKIE, now);
            detector.onUnreachable(BOOKIE, now + 1);
            assertThat(detector.nextReleaseNanos()).hasValue(now + expected);
            now += expected;
            assertThat(detector.quarantined(now)).isEmpty();
            expected = Math.min(2 * expected, 30 * MINUTE);
        }
        detector.onUnreachable(BOOKIE, now + MINUTE);
        assertThat(detector.nextReleaseNanos())
                .as("a minute without failures wiped the slate clean")
                .hasValue(now + 2 * MINUTE);
    }

    @Test
    void anOverloadedBookieIsOnlyAskedLater() {
        for (int i = 0; i < 100; i++) {
            detector.onRefusal(BOOKIE, i);
        }
        assertThat(detector.isDoubtful(BOOKIE, 100)).isTrue();
        assertThat(detector.quarantined(100)).isEmpty();
    }

    @Test
    void slownessIsMeasuredAgainstTheOthers() {
        List<BookieId> both = List.of(BOOKIE, OTHER);
        detector.onLatency(BOOKIE, 40_000_000, 0);
        assertThat(detector.isSlow(BOOKIE, both, 0))
                .as("nobody to compare with")
                .isFalse();
        detector.onLatency(OTHER, 1_000_000, 0);
        assertThat(detector.isSlow(BOOKIE, both, 0)).isTrue();
        assertThat(detector.isSlow(OTHER, both, 0)).isFalse();
        assertThat(detector.isSlow(BOOKIE, both, MINUTE))
                .as("forgotten, so that it is tried again")
                .isFalse();
        detector.onLatency(BOOKIE, 300_000, MINUTE);
        detector.onLatency(OTHER, 10_000, MINUTE);
        assertThat(detector.isSlow(BOOKIE, both, MINUTE))
                .as("microseconds do not count")
                .isFalse();
    }

    @Test
    void aBookieThatWasBeatenIsSlowForAWhile() {
        detector.onSlow(BOOKIE, 0);
        assertThat(detector.isSlow(BOOKIE, List.of(BOOKIE, OTHER), SECOND)).isTrue();
        assertThat(detector.isSlow(BOOKIE, List.of(BOOKIE, OTHER), MINUTE)).isFalse();
    }

    @Test
    void quarantineCanBeSwitchedOff() {
        FaultDetector lenient = new FaultDetector(HealthLimits.DEFAULT.withQuarantine(0, 1));
        lenient.onUnreachable(BOOKIE, 0);
        assertThat(lenient.quarantined(1)).isEmpty();
        assertThat(lenient.isDoubtful(BOOKIE, 1)).isTrue();
    }
}
