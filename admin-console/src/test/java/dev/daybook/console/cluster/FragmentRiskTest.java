package dev.daybook.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.console.Samples;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FragmentRiskTest {
    @Test
    void countsTheCopiesOfTheWorstEntryNotOfTheEnsemble() {
        LedgerMetadata neighboursApart =
                Samples.closed(new Quorum(4, 2, 2), 99, 1, Samples.fragment(0, "b1", "b2", "b3", "b4"));
        LedgerMetadata neighbours =
                Samples.closed(new Quorum(4, 2, 2), 99, 1, Samples.fragment(0, "b1", "b3", "b2", "b4"));

        assertThat(risk(neighboursApart).copiesAlive()).isEqualTo(1);
        assertThat(risk(neighboursApart).level()).isEqualTo(FragmentRisk.Level.LAST_COPY);
        assertThat(risk(neighbours).copiesAlive()).isZero();
        assertThat(risk(neighbours).level()).isEqualTo(FragmentRisk.Level.UNREADABLE);
    }

    @Test
    void looksOnlyAtWriteSetsThatHoldAnEntry() {
        LedgerMetadata oneEntry =
                Samples.closed(new Quorum(4, 2, 2), 0, 1, Samples.fragment(0, "b2", "b4", "b1", "b3"));

        assertThat(risk(oneEntry).level()).isEqualTo(FragmentRisk.Level.COMPLETE);
    }

    @Test
    void anEmptyFragmentIsNoRisk() {
        LedgerMetadata empty = Samples.closed(new Quorum(1, 1, 1), -1, 0, Samples.fragment(0, "b1"));

        assertThat(risk(empty).level()).isEqualTo(FragmentRisk.Level.EMPTY);
    }

    @Test
    void anOpenLedgerWithoutCoverageCannotBeRecovered() {
        LedgerMetadata open = Samples.open(new Quorum(3, 3, 2), Samples.fragment(0, "b1", "b2", "b3"));
        LedgerMetadata fine = Samples.open(new Quorum(3, 3, 2), Samples.fragment(0, "b1", "b2", "b4"));

        assertThat(risk(open).hint()).contains("too few bookies answer to recover");
        assertThat(risk(fine).hint()).doesNotContain("too few");
        assertThat(risk(fine).level()).isEqualTo(FragmentRisk.Level.REDUCED);
    }

    @Test
    void oneUnknownBookieMakesTheFragmentUnknown() {
        LedgerMetadata ledger = Samples.closed(new Quorum(2, 2, 1), 5, 1, Samples.fragment(0, "b1", "b2"));
        Map<String, Presence> presence = Map.of("b1", Presence.UNKNOWN, "b2", Presence.WRITABLE);

        assertThat(FragmentRisk.of(ledger, bookie -> presence.get(bookie.value()))
                        .get(0)
                        .level())
                .isEqualTo(FragmentRisk.Level.UNKNOWN);
    }

    private static FragmentRisk risk(LedgerMetadata ledger) {
        return FragmentRisk.worst(FragmentRisk.of(ledger, FragmentRiskTest::oddAreDown));
    }

    private static Presence oddAreDown(BookieId bookie) {
        return bookie.value().endsWith("1") || bookie.value().endsWith("3") ? Presence.DOWN : Presence.WRITABLE;
    }
}
