package dev.daybook.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Quorum;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StripingTest {
    private static final long[] IDS = {
        0,
        1,
        2,
        3,
        6,
        7,
        100,
        Integer.MAX_VALUE - 1L,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 40,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };

    @Test
    void agreesWithTheVectors() {
        int entries = 0;
        for (JsonNode vector : Vectors.load("write-sets.json")) {
            Quorum quorum = new Quorum(
                    vector.get("ensembleSize").asInt(),
                    vector.get("writeQuorumSize").asInt(),
                    vector.get("ackQuorumSize").asInt());
            assertThat(quorum.coverageOfWriteSet())
                    .isEqualTo(vector.get("recoveryMissingNeeded").asInt());
            for (JsonNode entry : vector.get("entries")) {
                long entryId = entry.get("entryId").asLong();
                assertThat(Striping.writeSet(quorum, entryId)).isEqualTo(ints(entry.get("writeSet")));
                assertThat(Striping.ensembleSet(quorum, entryId)).isEqualTo(ints(entry.get("ensembleSet")));
                entries++;
            }
        }
        assertThat(entries).isGreaterThan(50);
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        Arrays.setAll(values, i -> array.get(i).asInt());
        return values;
    }

    @Test
    void agreesWithTheFormulaForEverySmallQuorumAndLargeIds() {
        for (int ensemble = 1; ensemble <= 7; ensemble++) {
            for (int write = 1; write <= ensemble; write++) {
                Quorum quorum = new Quorum(ensemble, write, 1);
                for (long entryId : IDS) {
                    int[] positions = Striping.writeSet(quorum, entryId);
                    for (int step = 0; step < write; step++) {
                        assertThat(positions[step]).isEqualTo(exactly(entryId, step, ensemble));
                    }
                    for (int position = 0; position < ensemble; position++) {
                        int wanted = position;
                        assertThat(Striping.stores(quorum, entryId, position))
                                .isEqualTo(Arrays.stream(positions).anyMatch(p -> p == wanted));
                    }
                }
            }
        }
    }

    private static int exactly(long entryId, int step, int ensemble) {
        return BigInteger.valueOf(entryId)
                .add(BigInteger.valueOf(step))
                .mod(BigInteger.valueOf(ensemble))
                .intValueExact();
    }
}
