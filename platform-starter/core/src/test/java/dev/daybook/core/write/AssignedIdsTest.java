package dev.daybook.core.write;

import static dev.daybook.core.Fixtures.quorum;
import static dev.daybook.core.write.AddReply.FAILED;
import static dev.daybook.core.write.AddReply.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids chosen by the application. Source: client protocol specification, section 8. */
class AssignedIdsTest {
    private final WriterScript script = new WriterScript(quorum(3, 2, 2), "b1 b2 b3", "b1 b2 b3 b4 b5");

    @Test
    void entriesLeaveInTheOrderTheyComeAndAreAcknowledgedInTheOrderOfTheirIds() {
        assertThat(script.append(2, "cc"))
                .containsExactly("add e2 to b3 lac -1 length 2", "add e2 to b1 lac -1 length 2");
        assertThat(script.stored(2, "b3 b1")).isEmpty();
        assertThat(script.append(0, "a"))
                .containsExactly("add e0 to b1 lac -1 length 3", "add e0 to b2 lac -1 length 3");
        assertThat(script.stored(0, "b1 b2")).containsExactly("release a", "ack e0");
        assertThat(script.append(1, "b")).containsExactly("add e1 to b2 lac 0 length 4", "add e1 to b3 lac 0 length 4");
        assertThat(script.stored(1, "b2 b3")).containsExactly("release b", "ack e1", "release cc", "ack e2");
    }

    @Test
    void anIdIsTakenOnce() {
        script.append(0, "a");
        assertThat(script.append(0, "again")).containsExactly("DUPLICATE");
        script.stored(0, "b1 b2");
        assertThat(script.append(0, "again")).as("acknowledged already").containsExactly("DUPLICATE");
        assertThat(script.append(-1, "none")).containsExactly("DUPLICATE");
    }

    @Test
    void aGapThatIsNeverFilledCutsOffWhatIsAboveIt() {
        script.append(0, "a");
        script.append(2, "ccc");
        script.stored(0, "b1 b2");
        script.stored(2, "b3 b1");
        assertThat(script.close())
                .containsExactly("release ccc", "fail e2 HANDLE_CLOSED", "swap v0 CLOSED@0/1 0:b1,b2,b3");
        assertThat(script.append(1, "b")).containsExactly("REFUSED");
    }

    @Test
    void aNewEnsembleBeginsBehindTheLastAcknowledgedEntryAndTakesEverythingAboveTheGap() {
        script.append(0, "a");
        script.stored(0, "b1 b2");
        script.append(3, "d");
        script.append(2, "c");
        script.reply("b3", 2, STORED);
        assertThat(script.reply("b1", 3, FAILED)).containsExactly("swap v0 OPEN 0:b1,b2,b3 1:b4,b2,b3");
        assertThat(script.swapped(new SwapReply.Swapped(1)))
                .containsExactly("add e2 to b4 lac 0 length 3", "add e3 to b4 lac 0 length 2");
    }

    /** The peer truncates to 32 bits here and addresses the wrong bookies, or none. */
    @Test
    void writeSetsBeyondTwoToTheThirtyFirst() {
        for (long id : List.of((1L << 31) - 1, 1L << 31, (1L << 32) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE)) {
            List<String> expected = new ArrayList<>();
            for (int step = 0; step < 2; step++) {
                long position = (Long.remainderUnsigned(id, 3) + step) % 3;
                expected.add("b" + (position + 1));
            }
            List<String> sent = script.append(id, "x");
            assertThat(sent).hasSize(2);
            for (int step = 0; step < 2; step++) {
                assertThat(sent.get(step)).startsWith("add e" + id + " to " + expected.get(step) + " ");
            }
        }
    }

    @Test
    void acksInEveryOrderOfSubmission() {
        for (int order = 0; order < 24; order++) {
            WriterScript writer = new WriterScript(quorum(3, 3, 2), "b1 b2 b3", "b1 b2 b3");
            List<Integer> ids = permutation(order);
            List<String> acks = new ArrayList<>();
            for (int id : ids) {
                writer.append(id, "p" + id);
                acks.addAll(writer.stored(id, "b1 b2 b3"));
            }
            acks.removeIf(line -> !line.startsWith("ack"));
            assertThat(acks).as("submitted %s", ids).containsExactly("ack e0", "ack e1", "ack e2", "ack e3");
        }
    }

    private static List<Integer> permutation(int number) {
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
        List<Integer> order = new ArrayList<>();
        int rest = number;
        for (int choices = 4; choices > 0; choices--) {
            order.add(left.remove(rest % choices));
            rest /= choices;
        }
        return order;
    }

    @Test
    void repliesOfBookiesThatWereReplacedSayNothing() {
        script.append(1, "b");
        script.reply("b2", 1, FAILED);
        script.swapped(new SwapReply.Swapped(1));
        script.writer.onAddReply(1, new BookieId("b2"), 1, STORED);
        assertThat(script.append(0, "a")).hasSize(2);
        assertThat(script.stored(0, "b1 b4")).containsExactly("release a", "ack e0");
    }
}
