package dev.daybook.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTableTest {
    private static final long WEEK_MILLIS = 7L * 24 * 60 * 60 * 1000;
    private final LedgerTable table = new LedgerTable(5);

    @Test
    void aFlushTakesWhatChangedSinceTheLast() {
        Ledger ledger = table.create(1, new byte[20]);
        assertThat(table.livingCount()).isEqualTo(1);
        assertThat(table.freeze(0, 0)).hasSize(1);
        assertThat(table.freeze(0, 0)).isEmpty();
        ledger.entryStored(3, 2);
        List<LedgerRow> rows = table.freeze(0, 0);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).lastEntryId()).isEqualTo(3);
        assertThat(rows.get(0).knownLac()).isEqualTo(2);
        assertThat(rows.get(0).visibleFromFlush()).isEqualTo(5);
        assertThat(table.currentFlush()).isEqualTo(8);
        assertThat(table.livingCount()).isEqualTo(1);
    }

    @Test
    void aTombstoneIsForgottenWhenItIsOldAndTheIndexIsPurged() {
        table.create(1, new byte[20]).becomeTombstone(5, 1000);
        assertThat(table.freeze(1000, 5).get(0).deleted()).isTrue();
        assertThat(table.freeze(1000 + WEEK_MILLIS, 5)).isEmpty();
        assertThat(table.freeze(1001 + WEEK_MILLIS, 4)).isEmpty();
        assertThat(table.livingIds()).isEmpty();

        List<LedgerRow> rows = table.freeze(1001 + WEEK_MILLIS, 5);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).forgotten()).isTrue();
        assertThat(table.find(1)).isEmpty();
    }

    @Test
    void howLongATombstoneLivesCanBeSaid() {
        table.setTombstoneMillis(10);
        table.create(1, new byte[20]).becomeTombstone(5, 1000);
        table.freeze(1000, 5);
        assertThat(table.freeze(1010, 5)).isEmpty();
        assertThat(table.freeze(1011, 5)).hasSize(1);
        assertThat(table.find(1)).isEmpty();
    }

    @Test
    void thereIsOnlyOneObjectPerLedger() {
        table.create(1, new byte[20]);
        assertThatThrownBy(() -> table.create(1, new byte[20])).isInstanceOf(IllegalStateException.class);
    }
}
