package dev.daybook.boot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class PayloadsTest {
    private static final int SIZE = 1024;
    private static final long SEED = 42;

    @Test
    void randomOnesDifferAndDoNotCompress() throws Exception {
        Payloads payloads = Payloads.random(SIZE, SEED);
        Set<ByteBuffer> different = new HashSet<>();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        int entries = 1_000;
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
            for (long i = 0; i < entries; i++) {
                ByteBuffer payload = payloads.get(i);
                assertThat(payload.remaining()).isEqualTo(SIZE);
                different.add(payload);
                byte[] bytes = new byte[SIZE];
                payload.duplicate().get(bytes);
                out.write(bytes);
            }
        }
        assertThat(different).hasSize(entries);
        assertThat(compressed.size()).isGreaterThan(entries * SIZE * 9 / 10);
    }

    @Test
    void theSeedDecides() {
        assertThat(Payloads.random(SIZE, SEED).get(7))
                .isEqualTo(Payloads.random(SIZE, SEED).get(7));
        assertThat(Payloads.random(SIZE, SEED).get(7))
                .isNotEqualTo(Payloads.random(SIZE, SEED + 1).get(7));
    }

    @Test
    void anySizeAndAnyNumber() {
        assertThat(Payloads.zeros(0).get(3).remaining()).isZero();
        assertThat(Payloads.random(5, SEED).get(Long.MAX_VALUE).remaining()).isEqualTo(5);
    }
}
