package dev.daybook.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void bytesCountInPowersOf1024() {
        assertThat(Num.bytes(0).text()).isEqualTo("0\u00a0B");
        assertThat(Num.bytes(1023).text()).isEqualTo("1023\u00a0B");
        assertThat(Num.bytes(1024).text()).isEqualTo("1.0\u00a0KiB");
        assertThat(Num.bytes(1024 * 1024 - 1).text()).isEqualTo("1.0\u00a0MiB");
        assertThat(Num.bytes(Long.MAX_VALUE).text()).isEqualTo("8.0\u00a0EiB");
        assertThat(Num.bytes(-1)).isEqualTo(Num.UNKNOWN);
    }

    @Test
    void agesAreInOneUnit() {
        assertThat(When.of(NOON.minusSeconds(99), NOON).ago()).isEqualTo("99 s ago");
        assertThat(When.of(NOON.minusSeconds(120), NOON).ago()).isEqualTo("2 min ago");
        assertThat(When.of(NOON.minusSeconds(7200), NOON).ago()).isEqualTo("2 h ago");
        assertThat(When.of(NOON.minusSeconds(172_800), NOON).ago()).isEqualTo("2 days ago");
        assertThat(When.of(NOON.plusSeconds(5), NOON).ago()).isEqualTo("in the future");
        assertThat(When.of(NOON, NOON).text()).isEqualTo("2026-11-21 12:00:00 UTC");
    }

    @Test
    void foreignTextIsMadeVisibleAndShort() {
        assertThat(Foreign.text("a\u200Bb\u0000\nc").text()).isEqualTo("a\\u{200b}b\\u{0}⏎c");
        assertThat(Foreign.text("x".repeat(5000)).text()).hasSize(401);
        assertThat(Foreign.value("key", new byte[] {(byte) 0xff, 0}).text()).isEqualTo("ff 00");
        assertThat(Foreign.value("key", new byte[4096]).note()).isEqualTo("first 48 bytes");
        assertThat(Foreign.value("API_KEY", "abc").text()).isEmpty();
    }

    @Test
    void oddBookieIdsGoIntoTheQuery() {
        assertThat(Links.bookie(new BookieId("10.0.0.1:3181"))).isEqualTo("/bookies/10.0.0.1:3181");
        assertThat(Links.bookie(new BookieId(".."))).isEqualTo("/bookie?id=..");
        assertThat(Links.bookie(new BookieId("a;b"))).isEqualTo("/bookie?id=a%3Bb");
    }
}
