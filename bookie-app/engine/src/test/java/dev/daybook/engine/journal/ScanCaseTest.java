package dev.daybook.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScanCaseTest {
    @Test
    void everyCombinationOfFactsHasExactlyOneRow() {
        for (int bits = 0; bits < 32; bits++) {
            ScanFacts facts = facts(bits);
            List<ScanCase> rows =
                    ScanCase.ALL.stream().filter(row -> row.matches(facts)).toList();
            assertThat(rows).as("%s", facts).hasSize(1);
            assertThat(ScanCase.of(facts)).isEqualTo(rows.get(0));
        }
    }

    @Test
    void nothingThatWasSyncedIsEverCutOff() {
        for (int bits = 0; bits < 32; bits++) {
            ScanFacts facts = facts(bits);
            if (facts.knownSynced() || !facts.lastFile()) {
                assertThat(ScanCase.of(facts).action()).as("%s", facts).isNotEqualTo(ScanCase.Action.TRUNCATE);
            }
        }
    }

    @Test
    void onlyAWholeRecordIsReplayed() {
        for (int bits = 0; bits < 32; bits++) {
            ScanFacts facts = facts(bits);
            boolean whole = facts.headerValid() && facts.lengthPlausible() && facts.checksumValid();
            assertThat(ScanCase.of(facts).action() == ScanCase.Action.REPLAY)
                    .as("%s", facts)
                    .isEqualTo(whole);
        }
    }

    private static ScanFacts facts(int bits) {
        return new ScanFacts((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
    }
}
