package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void isTheSha256OfTheJoinedLines() {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add("a".getBytes(StandardCharsets.US_ASCII));
        fingerprint.add("bc".getBytes(StandardCharsets.US_ASCII));

        assertThat(fingerprint.value())
                .isEqualTo(new Fingerprint.Value(
                        2, 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void ofNothing() {
        assertThat(new Fingerprint().value())
                .isEqualTo(new Fingerprint.Value(
                        0, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }
}
