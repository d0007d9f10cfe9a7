package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Wire protocol, sections 5.4, 6.2, 6.5, 6.6 and 6.9. */
class ReadTest {
    private final Scene scene = new Scene();

    @Test
    void tellsUnknownLedgersFromMissingEntries() {
        scene.add(1, 0).sync().answers();
        scene.read(2, 0).read(1, 5).read(1, -1).read(1, -2).read(2, -1);
        assertThat(scene.answers())
                .containsExactly(
                        "read 2/0: NO_LEDGER",
                        "read 1/5: NO_ENTRY",
                        "read 1/-1: OK 1/0 lac -1",
                        "read 1/-2: BAD_REQUEST",
                        "read 2/-1: NO_LEDGER");
    }

    @Test
    void whatCannotBeReadIsUnknownNeverAbsent() {
        scene.add(1, 0).sync().answers();
        scene.diskBroken = true;
        scene.read(1, 0)
                .read(1, -1)
                .read(1, 9)
                .batch(1, 0, 3, 1000)
                .readLac(1)
                .fence(1, 9)
                .sync();
        assertThat(scene.answers())
                .containsExactly(
                        "read 1/0: IO_ERROR",
                        "read 1/-1: IO_ERROR",
                        "read 1/9: IO_ERROR",
                        "batch 1: IO_ERROR []",
                        "read lac 1: IO_ERROR",
                        "fence 1/9: IO_ERROR");
    }

    @Test
    void inLimboEveryNegativeIsUnknownAndPositivesAreGiven() {
        scene.add(1, 0).writeLac(1, 0).sync().answers();
        scene.limbo(1);
        scene.read(1, 0)
                .read(1, 5)
                .read(1, -1)
                .readLac(1)
                .list(1)
                .add(1, 1)
                .poll(1, -1, 3, 0, true)
                .tick(1);
        assertThat(scene.answers())
                .containsExactly(
                        "read 1/0: OK 1/0",
                        "read 1/5: UNKNOWN_LEDGER_STATE",
                        "read 1/-1: UNKNOWN_LEDGER_STATE",
                        "read lac 1: UNKNOWN_LEDGER_STATE",
                        "list 1: UNKNOWN_LEDGER_STATE",
                        "add 1/1: FENCED",
                        "poll 1: UNKNOWN_LEDGER_STATE");

        assertThat(scene.fence(1, 5).sync().answers())
                .containsExactly("limbo 1: OK", "fence 1/5: UNKNOWN_LEDGER_STATE");
        assertThat(scene.restarted().read(1, 5).answers()).containsExactly("read 1/5: UNKNOWN_LEDGER_STATE");

        scene.endLimbo(1);
        assertThat(scene.read(1, 5).answers()).containsExactly("read 1/5: UNKNOWN_LEDGER_STATE");
        assertThat(scene.sync().read(1, 5).answers()).containsExactly("limbo of 1 over: OK", "read 1/5: NO_ENTRY");
    }

    @Test
    void aLedgerThatMayHaveBeenHereIsUnknownToo() {
        scene.limbo(5).sync().answers();
        for (Scene now : new Scene[] {scene, scene.restarted()}) {
            assertThat(now.read(5, 0).add(5, 0).fence(5, 0).answers())
                    .containsExactly(
                            "read 5/0: UNKNOWN_LEDGER_STATE", "add 5/0: FENCED", "fence 5/0: UNKNOWN_LEDGER_STATE");
            now.recoveryAdd(5, 0).endLimbo(5).sync().answers();
            assertThat(now.read(5, 0).read(5, 1).answers())
                    .containsExactly("read 5/0: OK 5/0 lac -1", "read 5/1: NO_ENTRY");
        }
    }

    @Test
    void batchesAreRunsThatNeverComeBackEmpty() {
        scene.add(1, 0).add(1, 1).add(1, 2).add(1, 4).sync().answers();
        scene.batch(1, 0, 2, 1000)
                .batch(1, 0, 0, 1000)
                .batch(1, 0, 10, 0)
                .batch(1, 3, 5, 1000)
                .batch(2, 0, 5, 1000);
        // Each entry has 3 bytes here: 36 + 3 + 4 = 43 for one, 50 for two.
        scene.batch(1, 0, 10, 49).batch(1, 0, 10, 50);
        assertThat(scene.answers())
                .containsExactly(
                        "batch 1: OK [1/0, 1/1]",
                        "batch 1: OK [1/0, 1/1, 1/2]",
                        "batch 1: OK [1/0]",
                        "batch 1: NO_ENTRY []",
                        "batch 2: NO_LEDGER []",
                        "batch 1: OK [1/0]",
                        "batch 1: OK [1/0, 1/1]");
    }

    @Test
    void theExplicitLacIsReplacedAndTheKnownLacNeverFalls() {
        scene.add(1, 0).writeLac(1, 7).sync().answers();
        assertThat(scene.readLac(1).read(1, 0).answers())
                .containsExactly("read lac 1: OK explicit 7 last 1/0", "read 1/0: OK 1/0 lac 7");

        scene.writeLac(1, 3).sync().answers();

        for (Scene now : new Scene[] {scene, scene.restarted()}) {
            assertThat(now.readLac(1).read(1, 0).answers())
                    .containsExactly("read lac 1: OK explicit 3 last 1/0", "read 1/0: OK 1/0 lac 7");
        }
    }

    @Test
    void readLacAnswersWhatThereIs() {
        scene.writeLac(1, 4).fence(2, -1).sync().answers();
        assertThat(scene.readLac(1).readLac(2).readLac(3).answers())
                .containsExactly("read lac 1: OK explicit 4", "read lac 2: NO_ENTRY", "read lac 3: NO_ENTRY");
    }

    @Test
    void listsWhatIsStored() {
        scene.add(1, 2).add(1, 0).fence(2, -1).sync().answers();
        assertThat(scene.list(1).list(2).list(3).answers())
                .containsExactly("list 1: OK [0, 2]", "list 2: OK []", "list 3: NO_LEDGER");
    }
}
