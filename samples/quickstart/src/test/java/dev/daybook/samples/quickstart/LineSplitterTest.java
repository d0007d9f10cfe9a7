package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final int LIMIT = 1_000_000;

    @Test
    void linesKeepTheirLineFeed() throws IOException {
        assertThat(texts("one\ntwo\n\nfour")).containsExactly("one\n", "two\n", "\n", "four");
        assertThat(texts("end\n")).containsExactly("end\n");
        assertThat(texts("a\r\nb\r")).containsExactly("a\r\n", "b\r");
        assertThat(texts("")).isEmpty();
        assertThat(texts("\n")).containsExactly("\n");
    }

    @Test
    void aLineMayBeAsLongAsTheLimitAndNoLonger() throws IOException {
        LineSplitter lines = new LineSplitter(stream("12345\n123456\n1\n"), 6);

        assertThat(lines.next()).isInstanceOf(Line.Whole.class);
        assertThat(lines.next()).isEqualTo(new Line.TooLong(7));
        assertThat(((Line.Whole) lines.next()).bytes()).containsExactly('1', '\n');
        assertThat(lines.next()).isEqualTo(new Line.End());
    }

    @Test
    void aLineMuchLongerThanTheLimitIsCountedToItsEnd() throws IOException {
        LineSplitter lines = new LineSplitter(stream("x".repeat(500_000) + "\nshort"), 100_000);

        assertThat(lines.next()).isEqualTo(new Line.TooLong(500_001));
        assertThat(((Line.Whole) lines.next()).bytes()).hasSize(5);
    }

    @Test
    void linesJoinedAreTheStreamWhateverTheBytesAndTheReads() throws IOException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random dice = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] text = randomText(dice);
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (byte[] line : all(new LineSplitter(new Trickle(text, dice), LIMIT))) {
                joined.write(line);
            }
            assertThat(joined.toByteArray())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(text);
        }
    }

    private static byte[] randomText(Random dice) {
        byte[] text = new byte[dice.nextInt(200_000)];
        dice.nextBytes(text);
        int feeds = dice.nextInt(50);
        for (int i = 0; i < feeds && text.length > 0; i++) {
            text[dice.nextInt(text.length)] = '\n';
        }
        return text;
    }

    private static List<String> texts(String text) throws IOException {
        return all(new LineSplitter(stream(text), LIMIT)).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> all(LineSplitter lines) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (Line line = lines.next(); line instanceof Line.Whole whole; line = lines.next()) {
            all.add(whole.bytes());
        }
        return all;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives as much as it likes, as a pipe does. */
    private static final class Trickle extends InputStream {
        private final ByteArrayInputStream text;
        private final Random dice;

        Trickle(byte[] text, Random dice) {
            this.text = new ByteArrayInputStream(text);
            this.dice = dice;
        }

        @Override
        public int read() {
            return text.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return text.read(target, offset, Math.min(length, 1 + dice.nextInt(100_000)));
        }
    }
}
