package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBufUtil;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EntryAvailabilityTest {
    private static final long SEED = Long.getLong("daybook.test.seed", 20_240_611L);

    @TestFactory
    Stream<DynamicTest> encodesAsThePeer() {
        return Vectors.load("availability-of-entries.json").required("encoderVectors").values().stream()
                .map(vector ->
                        DynamicTest.dynamicTest(vector.required("entries").toString(), () -> {
                            // One recording feeds its encoder out of order; ours asks for ascending ids.
                            long[] ids =
                                    longs(vector.required("entries")).sorted().toArray();
                            byte[] encoded =
                                    EntryAvailability.encode(LongStream.of(ids).iterator());
                            assertThat(ByteBufUtil.hexDump(encoded)).isEqualTo(Vectors.text(vector, "encodedHex"));
                            assertContainsExactly(EntryAvailability.decode(encoded), ids, 2000);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> encodesAsThePeerDoesForItsStores() {
        JsonNode recorded = Vectors.loadResource("/vectors-metadata/entry-availability.json");
        return recorded.values().stream().map(vector -> encoding(vector, "hex"));
    }

    private static DynamicTest encoding(JsonNode vector, String hexField) {
        return DynamicTest.dynamicTest(vector.required("entries").toString(), () -> {
            // One recording feeds its encoder out of order; ours asks for ascending ids.
            long[] ids = longs(vector.required("entries")).sorted().toArray();
            byte[] encoded = EntryAvailability.encode(LongStream.of(ids).iterator());
            assertThat(ByteBufUtil.hexDump(encoded)).isEqualTo(Vectors.text(vector, hexField));
            assertContainsExactly(EntryAvailability.decode(encoded), ids, 2000);
        });
    }

    @TestFactory
    Stream<DynamicTest> decodesPeriods() {
        return Vectors.load("availability-of-entries.json").required("decoderVectors").values().stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.required("entriesBelow60").toString(), () -> {
                            EntryAvailability decoded = EntryAvailability.decode(Vectors.bytes(vector, "encodedHex"));
                            assertContainsExactly(
                                    decoded,
                                    longs(vector.required("entriesBelow60")).toArray(),
                                    60);
                        }));
    }

    @Test
    void everySetSurvives() throws MalformedFrameException {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            int below = 1 + random.nextInt(300);
            long[] ids = LongStream.range(0, below)
                    .filter(id -> random.nextInt(3) > 0)
                    .toArray();
            EntryAvailability decoded = EntryAvailability.decode(
                    EntryAvailability.encode(LongStream.of(ids).iterator()));
            assertContainsExactly(decoded, ids, below + 5);
        }
    }

    @Test
    void idsReachTheirLimit() throws MalformedFrameException {
        EntryAvailability decoded = EntryAvailability.decode(
                EntryAvailability.encode(LongStream.of(5, Long.MAX_VALUE).iterator()));
        assertThat(decoded.contains(Long.MAX_VALUE)).isTrue();
        assertThat(decoded.contains(Long.MAX_VALUE - 1)).isFalse();
        assertThat(decoded.contains(Long.MIN_VALUE)).isFalse();
        assertThat(decoded.contains(-1)).isFalse();
    }

    @Test
    void idsMustAscend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryAvailability.encode(LongStream.of(3, 2).iterator()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryAvailability.encode(LongStream.of(-1).iterator()));
    }

    /** An empty set, changed at one byte offset or cut. */
    @ParameterizedTest
    @ValueSource(ints = {3, 7})
    void refusesUnknownVersionsAndWrongCounts(int offset) {
        byte[] encoded = EntryAvailability.encode(LongStream.empty().iterator());
        encoded[offset] = 1;
        assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> EntryAvailability.decode(encoded));
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> EntryAvailability.decode(new byte[offset]));
    }

    @Test
    void anyBytesAreEitherASetOrRefused() {
        Random random = new Random(SEED);
        byte[] valid = EntryAvailability.encode(LongStream.of(0, 1, 2, 7, 9, 10).iterator());
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = valid.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                EntryAvailability.decode(bytes).contains(random.nextLong());
            } catch (MalformedFrameException e) {
                assertThat(e).hasMessageContaining("list of entries");
            }
        }
    }

    private static LongStream longs(JsonNode array) {
        return array.values().stream().mapToLong(JsonNode::longValue);
    }

    private static void assertContainsExactly(EntryAvailability availability, long[] ids, long below) {
        TreeSet<Long> expected = new TreeSet<>();
        TreeSet<Long> found = new TreeSet<>();
        LongStream.concat(
                        LongStream.range(0, below), LongStream.of(ids).flatMap(id -> LongStream.of(id - 1, id, id + 1)))
                .filter(availability::contains)
                .forEach(found::add);
        LongStream.of(ids).forEach(expected::add);
        assertThat(found).isEqualTo(expected);
    }
}
