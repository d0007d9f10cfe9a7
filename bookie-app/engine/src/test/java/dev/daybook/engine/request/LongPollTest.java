package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Wire protocol, section 6.4. */
class LongPollTest {
    private final Scene scene = new Scene();

    LongPollTest() {
        scene.tick(1000).add(1, 0).sync().answers();
    }

    @Test
    void aPollWaitsUntilTheLacMoves() {
        scene.poll(1, -1, -1, 500, true).tick(1499);
        assertThat(scene.answers()).isEmpty();
        assertThat(scene.core.nextDeadlineMillis()).hasValue(1500);

        scene.addWithLac(1, 1, 0).sync();

        assertThat(scene.answers()).containsExactly("add 1/1: OK", "poll 1: OK entry 0 1/0 lac 0 at 1499");
        assertThat(scene.core.nextDeadlineMillis()).isEmpty();
    }

    @Test
    void aPollTimesOutWithoutAnEntry() {
        scene.poll(1, -1, -1, 500, true).tick(1500);
        assertThat(scene.answers()).containsExactly("poll 1: OK entry -1 lac -1");
    }

    @Test
    void aFenceADeletionAndAnExplicitLacEndThePoll() {
        scene.poll(1, -1, -1, 500, true).writeLac(1, 0).sync();
        assertThat(scene.answers()).containsExactly("write lac 1: OK", "poll 1: OK entry 0 1/0 lac 0 at 1000");

        scene.poll(1, -1, 0, 500, true).fence(1, -1);
        assertThat(scene.answers()).containsExactly("poll 1: OK entry -1 lac 0");

        scene.sync().answers();
        scene.poll(1, -1, 0, 500, true).delete(1);
        assertThat(scene.answers()).containsExactly("poll 1: NO_LEDGER");
    }

    @Test
    void aPollThatNeedNotWaitIsAnsweredAtOnce() {
        scene.addWithLac(1, 2, 1).sync().answers();
        scene.poll(1, -1, -1, 500, true)
                .poll(1, -1, 0, 500, true)
                .poll(9, -1, 0, 500, true)
                .poll(1, 0, 0, 500, true);
        assertThat(scene.answers())
                .containsExactly(
                        "poll 1: OK entry 0 1/0 lac 1",
                        "poll 1: OK entry -1 lac 1",
                        "poll 9: NO_LEDGER",
                        "poll 1: BAD_REQUEST");
    }

    @Test
    void withoutPiggybackItEndsAsAPlainRead() {
        scene.poll(1, 0, 5, 500, false).tick(2000);
        assertThat(scene.answers()).containsExactly("poll 1: OK 1/0 lac -1");
    }
}
