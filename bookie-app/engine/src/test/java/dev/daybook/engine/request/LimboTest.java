package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.ledger.Doubt;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bookie specification, section 3.5, and what a bookie says whose memory is in doubt. */
class LimboTest {
    private static final Doubt OF_ODD_LEDGERS = new Doubt(2, Set.of(1), 1, Set.of());

    private final Scene scene = new Scene();

    @Test
    void limboIsAnsweredWhenItAndTheFenceAreDurable() {
        assertThat(scene.limbo(5).answers()).isEmpty();
        assertThat(scene.sync().answers()).containsExactly("limbo 5: OK");
        assertThat(scene.limbo(6).journalFails().answers()).containsExactly("limbo 6: IO_ERROR");
    }

    @Test
    void theKeyThatMetadataKnowIsCheckedAndAnUnknownOneIsLearntOnce() {
        scene.limbo(5, Scene.KEY).limbo(6).sync().answers();
        for (long ledger : new long[] {5, 6}) {
            scene.fence(ledger, 0).sync();
            scene.read("wrong " + ledger, ledger, 0, true, Optional.of(Scene.OTHER_KEY), Optional.empty());
        }
        assertThat(scene.sync().answers())
                .containsExactly(
                        "fence 5/0: UNKNOWN_LEDGER_STATE",
                        "wrong 5: UNAUTHORIZED",
                        "fence 6/0: UNKNOWN_LEDGER_STATE",
                        "wrong 6: UNAUTHORIZED");
        Scene restarted = scene.restarted();
        restarted.read("wrong", 6, 0, true, Optional.of(Scene.OTHER_KEY), Optional.empty());
        assertThat(restarted.answers()).containsExactly("wrong: UNAUTHORIZED");
    }

    @Test
    void anEndThatWasAskedForBeforeANewBeginningEndsNothing() {
        scene.add(1, 0).limbo(1).sync().answers();
        scene.endLimbo(1).limbo(1).sync();
        assertThat(scene.read(1, 7).answers())
                .containsExactly("limbo of 1 over: OK", "limbo 1: OK", "read 1/7: UNKNOWN_LEDGER_STATE");
        assertThat(scene.restarted().read(1, 7).answers()).containsExactly("read 1/7: UNKNOWN_LEDGER_STATE");
    }

    @Test
    void whatMayHaveBeenForgottenIsUnknownAndTakesNoNewEntries() {
        scene.core.setDoubt(OF_ODD_LEDGERS);
        scene.read(1, 0).readLac(1).list(1).add(1, 0).poll(1, -1, 3, 0, true).fence(1, 0);
        assertThat(scene.sync().answers())
                .containsExactly(
                        "read 1/0: UNKNOWN_LEDGER_STATE",
                        "read lac 1: UNKNOWN_LEDGER_STATE",
                        "list 1: UNKNOWN_LEDGER_STATE",
                        "add 1/0: UNKNOWN_LEDGER_STATE",
                        "poll 1: UNKNOWN_LEDGER_STATE",
                        "fence 1/0: UNKNOWN_LEDGER_STATE");
        assertThat(scene.read(2, 0).add(2, 0).sync().answers()).containsExactly("read 2/0: NO_LEDGER", "add 2/0: OK");
    }

    @Test
    void whatComesIntoBeingInDoubtIsInLimboWhenTheDoubtIsOver() {
        scene.core.setDoubt(Doubt.OF_EVERYTHING);
        scene.recoveryAdd(1, 4).fence(3, 0).sync().answers();
        scene.core.setDoubt(Doubt.NONE);
        for (Scene now : new Scene[] {scene, scene.restarted()}) {
            assertThat(now.read(1, 4).read(1, 3).read(3, 0).add(3, 0).read(5, 0).answers())
                    .containsExactly(
                            "read 1/4: OK 1/4",
                            "read 1/3: UNKNOWN_LEDGER_STATE",
                            "read 3/0: UNKNOWN_LEDGER_STATE",
                            "add 3/0: FENCED",
                            "read 5/0: NO_LEDGER");
            assertThat(now.core.limboLedgers()).containsExactlyInAnyOrder(1L, 3L);
        }
    }

    @Test
    void aDeletedLedgerThatMetadataStillPlaceHereComesBackInLimbo() {
        scene.add(1, 0).delete(1).sync().answers();
        scene.limbo(1).sync();
        assertThat(scene.read(1, 0).answers()).containsExactly("limbo 1: OK", "read 1/0: UNKNOWN_LEDGER_STATE");
        assertThat(scene.restarted().read(1, 0).answers()).containsExactly("read 1/0: UNKNOWN_LEDGER_STATE");
    }

    @Test
    void whatWasForgottenIsNotOnDisk() {
        scene.add(1, 0).add(2, 0).limbo(1).sync().answers();
        assertThat(scene.force(1).force(2).sync().answers())
                .containsExactly("force 1: UNKNOWN_LEDGER_STATE", "force 2: OK");
        scene.core.setDoubt(OF_ODD_LEDGERS);
        assertThat(scene.force(3).sync().answers()).containsExactly("force 3: UNKNOWN_LEDGER_STATE");
        scene.endLimbo(1).sync().answers();
        scene.core.setDoubt(Doubt.NONE);
        assertThat(scene.force(1).sync().answers()).containsExactly("force 1: OK");
    }

    @Test
    void recordsWhoseKeyWasLostAreReplayedIntoLimbo() {
        scene.add(1, 0).add(2, 0).sync();
        scene.durable.removeIf(fact -> fact instanceof dev.daybook.engine.journal.JournalRecord.Key<String>);
        Scene next = new Scene();
        next.core.setDoubt(Doubt.OF_EVERYTHING);
        next.replay(scene.durable);
        next.core.setDoubt(Doubt.NONE);
        assertThat(next.read(1, 0).read(1, 1).add(2, 1).answers())
                .containsExactly("read 1/0: OK 1/0", "read 1/1: UNKNOWN_LEDGER_STATE", "add 2/1: FENCED");
    }

    @Test
    void aSearchThatBeganInLimboDeniesNothingEvenIfItEndsAfterIt() {
        scene.add(1, 0).limbo(1).sync().answers();
        scene.diskHangs = true;
        scene.read(1, 5).list(1).poll(1, -1, -2, 0, true);
        scene.diskHangs = false;
        scene.endLimbo(1).sync();
        scene.diskAnswers();
        assertThat(scene.answers())
                .containsExactly(
                        "limbo of 1 over: OK",
                        "read 1/5: UNKNOWN_LEDGER_STATE",
                        "list 1: UNKNOWN_LEDGER_STATE",
                        "poll 1: UNKNOWN_LEDGER_STATE");
    }

    @Test
    void theLastEntryIsFoundAgainWhenLimboEndsAlsoAfterARestart() {
        scene.add(1, 0).add(1, 3).sync();
        Scene next = new Scene();
        next.core.setDoubt(Doubt.OF_EVERYTHING);
        next.limbo(1).sync();
        next.core.setDoubt(Doubt.NONE);
        next.storedBy(scene);
        assertThat(next.read(1, 3).read(1, -1).answers())
                .containsExactly("limbo 1: OK", "read 1/3: OK 1/3", "read 1/-1: UNKNOWN_LEDGER_STATE");
        next.endLimbo(1).sync();
        Scene restarted = next.restarted().storedBy(scene);
        for (Scene now : new Scene[] {next, restarted}) {
            assertThat(now.read(1, -1).answers()).last().isEqualTo("read 1/-1: OK 1/3 lac -1");
        }
    }
}
