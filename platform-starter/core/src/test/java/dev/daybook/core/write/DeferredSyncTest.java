package dev.daybook.core.write;

import static dev.daybook.core.Fixtures.quorum;
import static dev.daybook.core.write.AddReply.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.Durability;
import org.junit.jupiter.api.Test;

/** Acknowledged before the sync, confirmed by a force. Source: client protocol specification, section 14. */
class DeferredSyncTest {
    private final WriterScript script =
            new WriterScript(quorum(3, 3, 2), Durability.DEFERRED_SYNC, "b1 b2 b3", "b1 b2 b3 b4");

    @Test
    void theLastConfirmedEntryIsTheLastForcedOne() {
        script.append("a");
        assertThat(script.stored(0, "b1 b2")).containsExactly("release a", "ack e0");
        assertThat(script.writer.lastAddConfirmed()).isEqualTo(-1);
        assertThat(script.append("b")).allMatch(line -> line.contains("lac -1"));
        assertThat(script.force()).containsExactly("force 1 to b1", "force 1 to b2", "force 1 to b3");
        script.stored(1, "b1 b2");
        assertThat(script.forced(1, "b1 b2")).as("not the whole ensemble").isEmpty();
        assertThat(script.forced(1, "b2")).as("a bookie counts once").isEmpty();
        assertThat(script.forced(1, "b3")).containsExactly("forced to e0");
        assertThat(script.writer.lastAddConfirmed()).isZero();
        assertThat(script.append("c")).allMatch(line -> line.contains("lac 0"));
    }

    @Test
    void withNothingToForceItSucceedsAtOnce() {
        assertThat(script.force()).containsExactly("forced to e-1");
        script.append("a");
        script.stored(0, "b1 b2");
        script.force();
        script.forced(2, "b1 b2 b3");
        assertThat(script.force()).containsExactly("forced to e0");
        WriterScript synced = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3 b4");
        synced.append("a");
        synced.stored(0, "b1 b2");
        assertThat(synced.force()).containsExactly("forced to e0");
    }

    @Test
    void overlappingForcesNeverTakeTheConfirmedEntryBack() {
        script.append("a");
        script.stored(0, "b1 b2");
        script.force();
        script.append("b");
        script.stored(1, "b1 b2");
        script.force();
        assertThat(script.forced(2, "b1 b2 b3")).containsExactly("forced to e1");
        assertThat(script.forced(1, "b1 b2 b3")).containsExactly("forced to e1");
        assertThat(script.writer.lastAddConfirmed()).isEqualTo(1);
    }

    @Test
    void aForceThatOneBookieMissesFailsAndMayBeRepeated() {
        script.append("a");
        script.stored(0, "b1 b2");
        script.force();
        assertThat(script.forceReply(1, "b2", false)).containsExactly("force failed BOOKIE_FAILED");
        assertThat(script.forced(1, "b1 b3")).as("it is over").isEmpty();
        assertThat(script.writer.lastAddConfirmed()).isEqualTo(-1);
        script.force();
        assertThat(script.forced(2, "b1 b2 b3")).containsExactly("forced to e0");
    }

    @Test
    void aBookieThatFailsWhileEntriesAreUnforcedEndsTheHandleAtTheLastForcedOne() {
        script.append("aa");
        script.stored(0, "b1 b2");
        script.force();
        script.forced(1, "b1 b2 b3");
        script.append("bbb");
        script.stored(1, "b1 b2");
        script.append("c");
        script.force();
        assertThat(script.reply("b3", 2, FAILED))
                .containsExactly(
                        "release c",
                        "fail e2 BOOKIE_FAILED",
                        "force failed BOOKIE_FAILED",
                        "swap v0 CLOSED@0/2 0:b1,b2,b3");
    }

    @Test
    void aBookieIsReplacedWhileEverythingAcknowledgedIsForced() {
        script.append("a");
        script.stored(0, "b1 b2");
        script.force();
        script.forced(1, "b1 b2 b3");
        script.append("b");
        assertThat(script.reply("b3", 1, FAILED)).containsExactly("swap v0 OPEN 0:b1,b2,b3 1:b1,b2,b4");
        assertThat(script.swapped(new SwapReply.Swapped(1))).containsExactly("add e1 to b4 lac 0 length 2");
        assertThat(script.stored(1, "b1 b2")).containsExactly("release b", "ack e1");
        assertThat(script.force()).containsExactly("force 2 to b1", "force 2 to b2", "force 2 to b4");
    }

    @Test
    void aFailedBookieThatNobodyCanReplaceEndsTheHandleBecauseItsAcksMayBeVoid() {
        WriterScript three = new WriterScript(quorum(3, 3, 2), Durability.DEFERRED_SYNC, "b1 b2 b3", "b1 b2 b3");
        three.append("a");
        assertThat(three.reply("b3", 0, FAILED))
                .containsExactly("release a", "fail e0 NOT_ENOUGH_BOOKIES", "swap v0 CLOSED@-1/0 0:b1,b2,b3");
    }

    /** It may come back without what it held in memory, and would answer a force all the same. */
    @Test
    void aLostConnectionCountsAsAFailureWhileAnythingIsUnforced() {
        script.append("a");
        script.stored(0, "b1 b2");
        script.force();
        script.forced(1, "b1 b2 b3");
        assertThat(script.lost("b1")).as("nothing to lose").isEmpty();
        assertThat(script.append("b")).hasSize(3);
        assertThat(script.lost("b1")).containsExactly("swap v0 OPEN 0:b1,b2,b3 1:b4,b2,b3");
        script.swapped(new SwapReply.Swapped(1));
        script.stored(1, "b4 b2");
        assertThat(script.lost("b1")).as("no member any more").isEmpty();
        assertThat(script.lost("b2")).containsExactly("swap v1 CLOSED@0/1 0:b1,b2,b3 1:b4,b2,b3");
    }

    @Test
    void closeEndsAtTheLastForcedEntryAndItsLength() {
        script.append("aa");
        script.stored(0, "b1 b2");
        script.force();
        script.forced(1, "b1 b2 b3");
        script.append("bbb");
        script.stored(1, "b1 b2");
        assertThat(script.close()).containsExactly("swap v0 CLOSED@0/2 0:b1,b2,b3");
        assertThat(script.force()).containsExactly("force failed HANDLE_CLOSED");
    }
}
