package dev.daybook.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Quorum;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CoverageTest {
    /** Compares the count with its meaning, for every subset of every ensemble of up to seven bookies. */
    @Test
    void coveredMeansThatNoAckQuorumOfAnyEntryIsLeftOutside() {
        for (int ensemble = 1; ensemble <= 7; ensemble++) {
            for (int write = 1; write <= ensemble; write++) {
                for (int ack = 1; ack <= write; ack++) {
                    Quorum quorum = new Quorum(ensemble, write, ack);
                    for (int subset = 0; subset < 1 << ensemble; subset++) {
                        int known = subset;
                        assertThat(Coverage.ofEnsemble(quorum, p -> (known & 1 << p) != 0))
                                .as("%s, known %s", quorum, Integer.toBinaryString(known))
                                .isEqualTo(!someAckQuorumOutside(quorum, known));
                    }
                }
            }
        }
    }

    /** By enumeration: is there an entry, and an ack quorum of its write set, without a known member? */
    private static boolean someAckQuorumOutside(Quorum quorum, int known) {
        for (int entryId = 0; entryId < quorum.ensemble(); entryId++) {
            int writeSet = 0;
            for (int position : Striping.writeSet(quorum, entryId)) {
                writeSet |= 1 << position;
            }
            for (int acks = writeSet; acks != 0; acks = (acks - 1) & writeSet) {
                if (Integer.bitCount(acks) == quorum.ack() && (acks & known) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void negativesCoverAWriteSetWhenEveryAckQuorumMeetsThem() {
        for (int write = 1; write <= 7; write++) {
            for (int ack = 1; ack <= write; ack++) {
                Quorum quorum = new Quorum(write, write, ack);
                for (int subset = 0; subset < 1 << write; subset++) {
                    int negatives = Integer.bitCount(subset);
                    boolean ackQuorumOutside = write - negatives >= ack;
                    assertThat(Coverage.ofWriteSet(quorum, negatives)).isEqualTo(!ackQuorumOutside);
                }
            }
        }
    }

    @Test
    void agreesWithTheVectors() {
        int vectors = 0;
        for (JsonNode vector : Vectors.load("quorum-coverage.json")) {
            Quorum quorum = new Quorum(
                    vector.get("ensembleSize").asInt(),
                    vector.get("writeQuorumSize").asInt(),
                    vector.get("ackQuorumSize").asInt());
            BitSet known = new BitSet();
            int position = 0;
            for (JsonNode response : vector.get("responsesByIndex")) {
                String text = response.asString();
                known.set(position, text.startsWith("OK") || text.startsWith("NoSuch"));
                position++;
            }
            assertThat(Coverage.ofEnsemble(quorum, known::get))
                    .as(vector.toString())
                    .isEqualTo(vector.get("covered").asBoolean());
            vectors++;
        }
        assertThat(vectors).isGreaterThan(10);
    }
}
