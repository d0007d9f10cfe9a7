package dev.daybook.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Syntax that no recorded vector shows, and bytes that nobody wrote. */
class TextParserTest {
    @Test
    void resolvesEveryEscape() {
        TextMessage message =
                parse("s: \"\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\?\\0\\17\\377\\x4A\\x7\\u00e9\\U0001F600\" 'tail'");
        assertThat(message.bytes("s").orElseThrow())
                .startsWith(7, 8, 12, 10, 13, 9, 11, '\\', '\'', '"', '?', 0, 15, 0xFF, 0x4A, 7, 0xC3, 0xA9, 0xF0)
                .endsWith("tail".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsListsNumbersAndSeparators() {
        TextMessage message = parse("a: [1, 2]; b: 0x10, c: -5 [x.y] { z: 1 } m: [{k: 'v'}, <k: 'w'>] e: []");
        assertThat(message.number("a")).isEqualTo(OptionalLong.of(2));
        assertThat(message.number("b")).isEqualTo(OptionalLong.of(16));
        assertThat(message.number("c")).isEqualTo(OptionalLong.of(-5));
        assertThat(message.messages("m"))
                .extracting(m -> m.string("k").orElseThrow())
                .containsExactly("v", "w");
        assertThat(message.strings("e")).isEmpty();
    }

    @Test
    void refusesWhatIsNoText() {
        for (String text : new String[] {
            "a", "a 1", "a:", "a: \"x", "a: \"x\n\"", "a: '\\q'", "a: '\\400'", "m {", "m { a: 1 >", "[x", "a: [1", "}"
        }) {
            assertThatExceptionOfType(MalformedMetadataException.class).as(text).isThrownBy(() -> parse(text));
        }
        assertThatExceptionOfType(MalformedMetadataException.class).isThrownBy(() -> parse("m {".repeat(10_000)));
    }

    /** Any bytes end in a value or in the one exception, never in another. */
    @Test
    void survivesRandomBytes() {
        long seed = Long.getLong("daybook.seed", System.nanoTime());
        Random dice = new Random(seed);
        byte[] alphabet = "a:{}<>[]\"'\\x01u#\n ,;-".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = new byte[dice.nextInt(24)];
            byte[] binary = new byte[text.length];
            dice.nextBytes(binary);
            for (int i = 0; i < text.length; i++) {
                text[i] = alphabet[dice.nextInt(alphabet.length)];
            }
            assertThatCode(() -> {
                        onlyMalformed(() -> TextParser.parse(text, 0));
                        onlyMalformed(() -> LedgerBinary.parse(binary, 0));
                        onlyMalformed(() -> CookieFormat.parse(binary));
                    })
                    .as("run again with -Ddaybook.seed=" + seed)
                    .doesNotThrowAnyException();
        }
    }

    private static void onlyMalformed(Runnable parse) {
        try {
            parse.run();
        } catch (MalformedMetadataException expected) {
            assertThat(expected).hasMessageEndingWith(".");
        }
    }

    private static TextMessage parse(String text) {
        return TextParser.parse(text.getBytes(StandardCharsets.UTF_8), 0);
    }
}
