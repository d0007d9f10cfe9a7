package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Wire protocol, sections 6.1 and 13. */
class AddTest {
    private final Scene scene = new Scene();

    @Test
    void anEntryIsAcknowledgedAndVisibleWhenItIsSyncedAndNotBefore() {
        scene.add(1, 0);
        assertThat(scene.answers()).isEmpty();
        assertThat(scene.read(1, 0).answers()).containsExactly("read 1/0: NO_ENTRY");

        scene.sync();

        assertThat(scene.answers()).containsExactly("add 1/0: OK");
        assertThat(scene.read(1, 0).answers()).containsExactly("read 1/0: OK 1/0 lac -1");
    }

    @Test
    void aDeferredAddIsAcknowledgedWhenItIsWrittenAndForcedByTheNextSync() {
        scene.deferredAdd(1, 0).force(1);
        assertThat(scene.written().answers()).containsExactly("deferred add 1/0: OK");
        assertThat(scene.read(1, 0).answers()).containsExactly("read 1/0: OK 1/0 lac -1");
        assertThat(scene.sync().answers()).containsExactly("force 1: OK");
    }

    @Test
    void theFirstKeyIsTheLedgersKeyAlsoAfterARestart() {
        scene.add(1, 0).sync().answers();
        Scene restarted = scene.restarted();

        restarted.add("stranger", Scene.command(1, 1, 0, Scene.OTHER_KEY, false, false, false));
        restarted.add("nobody", Scene.command(1, 1, 0, new byte[0], true, false, false));

        assertThat(restarted.answers()).containsExactly("stranger: UNAUTHORIZED", "nobody: UNAUTHORIZED");
    }

    @Test
    void anEmptyOrZeroKeyAcceptsAny() {
        scene.add("first", Scene.command(1, 0, -1, new byte[20], false, false, false));
        scene.add(1, 1).sync();
        assertThat(scene.answers()).containsExactly("first: OK", "add 1/1: OK");
    }

    @Test
    void anAddOfTheSameEntryAgainIsAcknowledgedAgain() {
        assertThat(scene.add(1, 0).add(1, 0).sync().answers()).containsExactly("add 1/0: OK", "add 1/0: OK");
    }

    @Test
    void aShortBodyOrANegativeEntryIsABadRequestButAFenceIsToldFirst() {
        AddCommand<String> tooShort = new AddCommand<>(1, 0, -1, Scene.KEY, "", false, false, false, false);
        scene.add("short", tooShort);
        scene.add("negative", Scene.command(1, -3, -1, Scene.KEY, false, false, false));
        assertThat(scene.read(1, 0).answers())
                .containsExactly("short: BAD_REQUEST", "negative: BAD_REQUEST", "read 1/0: NO_LEDGER");

        scene.fence(1, 0).sync().answers();
        assertThat(scene.add("short", tooShort).answers()).containsExactly("short: FENCED");
    }

    @Test
    void aReadOnlyBookieTakesOnlyWhatLedgerRecoveryWrites() {
        scene.core.setReadOnly(true);
        scene.add(1, 0).recoveryAdd(1, 0).writeLac(1, 0).sync();
        assertThat(scene.answers())
                .containsExactlyInAnyOrder("add 1/0: READ_ONLY", "write lac 1: READ_ONLY", "recovery add 1/0: OK");

        scene.core.setHighPriorityWrites(false);
        assertThat(scene.recoveryAdd(1, 1).answers()).containsExactly("recovery add 1/1: READ_ONLY");
        assertThat(scene.fence(1, 0).sync().answers()).containsExactly("fence 1/0: OK 1/0");
    }

    @Test
    void aPayloadIsStoredOrReleasedOnce() {
        scene.add(1, 0).deferredAdd(1, 1).written().sync();
        assertThat(scene.released).as("stored").isEmpty();
        scene.add(1, 2).delete(1).add(1, 3).sync();
        assertThat(scene.released).as("refused while deleted").containsExactly("1/3");
        scene.add(2, 0).deferredAdd(2, 1).written().journalFails();
        assertThat(scene.released).as("failed, unless stored before").containsExactly("1/3", "2/0");
        assertThat(scene.add(2, 2).released).as("refused since").containsExactly("1/3", "2/0", "2/2");
        assertThat(scene.answers().stream().filter(answer -> answer.startsWith("deferred add 2/1")))
                .as("answered once")
                .containsExactly("deferred add 2/1: OK");
    }

    @Test
    void afterTheJournalFailedNothingIsAcknowledged() {
        scene.add(1, 0).fence(2, 0).force(1).journalFails();
        assertThat(scene.answers()).containsExactly("add 1/0: IO_ERROR", "fence 2/0: IO_ERROR", "force 1: IO_ERROR");
        assertThat(scene.add(1, 1).fence(1, 0).answers()).containsExactly("add 1/1: IO_ERROR", "fence 1/0: IO_ERROR");
    }
}
