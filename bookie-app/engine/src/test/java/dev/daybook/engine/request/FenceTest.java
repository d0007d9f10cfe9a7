package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Wire protocol, section 6.3; reliability of fences across restarts and deletions. */
class FenceTest {
    private final Scene scene = new Scene();

    @Test
    void nothingIsAnsweredBeforeTheFenceIsDurableNotEvenANegative() {
        scene.add(1, 0).sync().answers();

        scene.fence(1, 0).fence(1, 7);
        assertThat(scene.answers()).isEmpty();

        assertThat(scene.sync().answers()).containsExactly("fence 1/0: OK 1/0", "fence 1/7: NO_ENTRY");
        assertThat(scene.durable)
                .filteredOn(fact -> fact.toString().startsWith("Fence"))
                .hasSize(1);
    }

    @Test
    void addsAcceptedBeforeTheFenceAreVisibleToWhoFenced() {
        scene.add(1, 0).fence(1, 0).add(1, 1).sync();
        assertThat(scene.answers()).containsExactly("add 1/1: FENCED", "add 1/0: OK", "fence 1/0: OK 1/0");
    }

    @Test
    void aFenceStopsAddsFromTheMomentItIsAskedForAndAfterARestart() {
        scene.add(1, 0).sync().answers();
        assertThat(scene.fence(1, -1).add(1, 1).answers()).containsExactly("add 1/1: FENCED");
        scene.sync();

        Scene restarted = scene.restarted();
        assertThat(restarted.add(1, 1).answers()).containsExactly("add 1/1: FENCED");
        assertThat(restarted.recoveryAdd(1, 1).sync().answers()).containsExactly("recovery add 1/1: OK");
        assertThat(restarted.writeLac(1, 1).sync().answers()).containsExactly("write lac 1: OK");
    }

    @Test
    void anUnknownLedgerIsCreatedFenced() {
        assertThat(scene.fence(1, -1).sync().answers()).containsExactly("fence 1/-1: NO_ENTRY");
        assertThat(scene.add(1, 0).read(1, 0).answers()).containsExactly("add 1/0: FENCED", "read 1/0: NO_ENTRY");
        assertThat(scene.restarted().add(1, 0).answers()).containsExactly("add 1/0: FENCED");
    }

    @Test
    void withoutTheRightKeyNothingIsFenced() {
        scene.add(1, 0).sync().answers();
        scene.read("no key", 1, 0, true, Optional.empty(), Optional.empty());
        scene.read("wrong key", 1, 0, true, Optional.of(Scene.OTHER_KEY), Optional.empty());
        assertThat(scene.answers()).containsExactly("no key: UNAUTHORIZED", "wrong key: UNAUTHORIZED");
        assertThat(scene.add(1, 1).sync().answers()).containsExactly("add 1/1: OK");
    }

    /** Otherwise a power cut brings an old tombstone back, the next flush forgets it, and the fence with it. */
    @Test
    void theFenceOfALedgerThatComesBackWaitsForTheRecordThatBringsItBack() {
        scene.add(1, 0).sync();
        scene.delete(1).sync().answers();

        scene.recoveryAdd(1, 0).fence(1, 5).fence(1, 6);
        assertThat(scene.answers()).isEmpty();
        assertThat(scene.sync().answers())
                .containsExactly("recovery add 1/0: OK", "fence 1/5: NO_ENTRY", "fence 1/6: NO_ENTRY");
        assertThat(scene.restarted().add(1, 1).answers()).containsExactly("add 1/1: FENCED");
    }

    @Test
    void aDeletedLedgerKeepsLateWritersOutAlsoAfterARestart() {
        scene.add(1, 0).sync();
        scene.delete(1).add(1, 1).sync();
        assertThat(scene.answers()).containsExactly("add 1/0: OK", "add 1/1: FENCED", "delete 1: OK");

        for (Scene now : new Scene[] {scene, scene.restarted()}) {
            now.add(1, 1).read(1, 0).fence(1, 0).writeLac(1, 0);
            assertThat(now.answers())
                    .containsExactly(
                            "add 1/1: FENCED", "read 1/0: NO_LEDGER", "fence 1/0: NO_LEDGER", "write lac 1: NO_LEDGER");
        }
    }

    @Test
    void repairMayBringADeletedLedgerBackFenced() {
        scene.add(1, 0).sync();
        scene.delete(1).sync().answers();

        assertThat(scene.recoveryAdd(1, 3).sync().answers()).containsExactly("recovery add 1/3: OK");

        for (Scene now : new Scene[] {scene, scene.restarted()}) {
            assertThat(now.read(1, 3).read(1, 0).add(1, 4).answers())
                    .containsExactly("read 1/3: OK 1/3 lac 2", "read 1/0: NO_ENTRY", "add 1/4: FENCED");
        }
    }
}
