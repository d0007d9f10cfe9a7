package dev.daybook.client.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.client.LedgerException;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogSegment;
import dev.daybook.core.log.LogSegment.Phase;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Texts that outlive a version: positions and the log's record. */
class LogPositionTest {
    @Test
    void positionsKeepTheirTextAndOrder() {
        List<LogPosition> ascending = List.of(
                LogPosition.FIRST,
                new LogPosition(0, 0, 1),
                new LogPosition(0, 9, 0),
                new LogPosition(0, 10, 0),
                new LogPosition(2, 0, 0),
                new LogPosition(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
        assertThat(ascending).isSorted();
        ascending.forEach(
                position -> assertThat(LogPosition.parse(position.toString())).isEqualTo(position));
        assertThat(new LogPosition(3, 1207, 0)).hasToString("3:1207:0");
    }

    @Test
    void whatIsNoPositionIsRefusedInOneSentence() {
        for (String text :
                List.of("", "1", "1:2", "1:2:3:4", "-1:0:0", "a:0:0", "1: 2:0", "1:99999999999999999999:0")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LogPosition.parse(text))
                    .withMessageContaining("is no position in a log");
        }
    }

    @Test
    void theRecordIsReadAsItWasWritten() {
        LogChain chain = new LogChain(
                7,
                "host-a#ff",
                new LogChain.Start(2, 5),
                6,
                List.of(
                        new LogSegment(2, new LedgerId(11), 5, Phase.SEALED, 100, 9, 4711),
                        new LogSegment(4, new LedgerId(12), 7, Phase.ACTIVE, 200, -1, 0),
                        new LogSegment(5, new LedgerId(13), 7, Phase.RESERVED, 300, -1, 0)),
                List.of(new LedgerId(9)),
                false);
        byte[] bytes = ChainFormat.serialize(chain);
        assertThat(ChainFormat.parse("orders", bytes)).isEqualTo(chain);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("""
                        daybook-log 1
                        epoch 7 host-a#ff
                        start 2 5
                        next 6
                        doomed 9
                        s 2 11 5 100 9 4711
                        a 4 12 7 200
                        r 5 13 7 300
                        """);
        assertThat(ChainFormat.parse("orders", ChainFormat.serialize(LogChain.EMPTY)))
                .isEqualTo(LogChain.EMPTY);
    }

    @Test
    void randomPositionsGoRoundTripAndKeepTheirOrder() {
        Random dice = new Random(20);
        List<LogPosition> positions = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            positions.add(new LogPosition(
                    dice.nextLong() >>> (1 + dice.nextInt(63)),
                    dice.nextLong() >>> (1 + dice.nextInt(63)),
                    dice.nextInt() >>> (1 + dice.nextInt(31))));
        }
        positions.forEach(
                position -> assertThat(LogPosition.parse(position.toString())).isEqualTo(position));
        positions.sort(null);
        for (int i = 1; i < positions.size(); i++) {
            LogPosition before = positions.get(i - 1);
            LogPosition after = positions.get(i);
            assertThat(before.segment()).isLessThanOrEqualTo(after.segment());
            assertThat(before.segment() < after.segment() || before.entry() <= after.entry())
                    .isTrue();
        }
    }

    @Test
    void garbledPositionsAreRefusedOrArePositions() {
        Random dice = new Random(21);
        String characters = "0123456789:::-+ .x\u0663\n";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = dice.nextInt(12); length > 0; length--) {
                text.append(characters.charAt(dice.nextInt(characters.length())));
            }
            try {
                LogPosition parsed = LogPosition.parse(text.toString());
                assertThat(LogPosition.parse(parsed.toString())).isEqualTo(parsed);
                assertThat(text.toString()).matches("[0-9]+:[0-9]+:[0-9]+");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("is no position in a log");
            }
        }
    }

    @Test
    void aDamagedRecordIsReported() {
        for (String text : List.of("", "x", "daybook-log 2\n", "daybook-log 1\n", "daybook-log 1\nepoch 1 a\nz\n")) {
            Assertions.assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> ChainFormat.parse("orders", text.getBytes(StandardCharsets.UTF_8)))
                    .withMessageContaining("record of log orders is unreadable");
        }
    }
}
