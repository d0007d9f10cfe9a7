package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvictionTest {
    private final Scene scene = new Scene();

    @Test
    void aCopyThatNobodyTouchesGoesAndCanComeBackByRepair() {
        scene.add(1, 0).sync();
        long sighted = scene.core.currentFlush();
        scene.core.freeze(0);
        scene.evict(1, sighted + 1).sync();
        assertThat(scene.answers()).containsExactly("add 1/0: OK", "evict 1: OK");
        assertThat(scene.core.livingLedgers()).isEmpty();

        scene.add(1, 1).sync();
        assertThat(scene.answers()).as("a late writer").containsExactly("add 1/1: FENCED");
        scene.recoveryAdd(1, 0).sync();
        scene.read(1, 0);
        assertThat(scene.answers()).containsExactly("recovery add 1/0: OK", "read 1/0: OK 1/0 lac -1");
        assertThat(scene.core.livingLedgers()).containsExactly(1L);
    }

    @Test
    void anAddAfterTheSightingKeepsTheCopyEvenBeforeItIsDurable() {
        scene.add(1, 0).sync();
        scene.core.freeze(0);
        long sighted = scene.core.currentFlush();
        scene.recoveryAdd(1, 1);
        scene.evict(1, sighted).sync();
        assertThat(scene.answers())
                .containsExactly("add 1/0: OK", "evict 1: TOO_MANY_REQUESTS", "recovery add 1/1: OK");
        assertThat(scene.core.livingLedgers()).containsExactly(1L);
    }

    @Test
    void aRepairThatComesWhileTheTombstoneIsMadeIsToldToTryAgain() {
        scene.add(1, 0).sync();
        scene.core.freeze(0);
        scene.evict(1, scene.core.currentFlush());
        scene.recoveryAdd(1, 0);
        scene.sync();
        assertThat(scene.answers()).containsExactly("add 1/0: OK", "recovery add 1/0: FENCED", "evict 1: OK");
        scene.recoveryAdd(1, 0).sync();
        assertThat(scene.answers()).containsExactly("recovery add 1/0: OK");
    }

    @Test
    void evictingWhatIsNotHereIsDone() {
        scene.evict(7, 0);
        assertThat(scene.answers()).containsExactly("evict 7: OK");
    }
}
