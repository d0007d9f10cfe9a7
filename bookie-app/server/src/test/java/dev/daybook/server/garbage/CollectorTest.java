package dev.daybook.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.engine.garbage.DeletionLimit;
import dev.daybook.server.garbage.LedgersInMetadata.Standing;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private final FakeLedgers local = new FakeLedgers(1, 2, 3, 4, 5);
    private final FakeMetadata metadata = new FakeMetadata().with(Standing.HERE, 1, 2, 9);

    private final Collector collector =
            new Collector(local, metadata, new DeletionLimit(0.5, 10), new Pacer(0, new StopSwitch()));

    @Test
    void dropsWhatIsMissingTwiceAndProvenGone() throws IOException {
        assertThat(collector.collect(false, false)).isEqualTo(new CollectionReport(5, 0, 3));
        metadata.with(Standing.UNSETTLED, 3).unlisted.add(3L);
        metadata.unreadable.add(5L);
        assertThat(collector.collect(false, false)).isEqualTo(new CollectionReport(5, 1, 2));
        assertThat(local.ids).containsExactly(1L, 2L, 3L, 5L);
        metadata.unreadable.clear();
        assertThat(collector.collect(false, false)).isEqualTo(new CollectionReport(4, 1, 1));
        assertThat(local.ids).as("3 exists although no listing has it").containsExactly(1L, 2L, 3L);
    }

    @Test
    void aForcedPassLooksTwiceAtOnce() throws IOException {
        assertThat(collector.collect(true, false).ledgersDropped()).isEqualTo(3);
        assertThat(local.ids).containsExactly(1L, 2L);
    }

    @Test
    void aLedgerThatComesDuringTheListingIsNoCandidate() throws IOException {
        collector.collect(true, false);
        FakeMetadata growing = new FakeMetadata() {
            @Override
            public void forEach(java.util.function.LongConsumer consumer) throws IOException {
                super.forEach(consumer);
                local.ids.add(77L);
            }
        };
        growing.with(Standing.HERE, 1, 2);
        Collector second = new Collector(local, growing, new DeletionLimit(0.5, 10), new Pacer(0, new StopSwitch()));
        assertThat(second.collect(false, false).ledgersDropped()).isZero();
        assertThat(second.collect(false, false).ledgersDropped()).isZero();
        assertThat(local.ids).contains(77L);
    }

    @Test
    void anIncompleteListingDropsNothingAndIsNoSighting() throws IOException {
        metadata.listingBreaks = true;
        assertThatThrownBy(() -> collector.collect(true, true)).hasMessage("connection lost");
        metadata.listingBreaks = false;
        assertThat(collector.collect(false, false).ledgersDropped()).isZero();
        assertThat(collector.collect(false, false).ledgersDropped()).isEqualTo(3);
    }

    @Test
    void anotherClusterDropsNothing() {
        metadata.ourCluster = false;
        assertThatThrownBy(() -> collector.collect(true, true)).hasMessageContaining("daybook.metadata-uri");
        assertThat(local.done).isEmpty();
    }

    @Test
    void anEmptyListingDropsNothingUnlessToldTo() throws IOException {
        metadata.ledgers.clear();
        assertThatThrownBy(() -> collector.collect(true, false)).hasMessageContaining("lists no ledger at all");
        assertThat(local.done).isEmpty();
        assertThat(collector.collect(true, true).ledgersDropped()).isEqualTo(5);
    }

    @Test
    void tooManyDeletionsNeedAnOperator() throws IOException {
        LongStream.range(100, 200).forEach(local.ids::add);
        assertThatThrownBy(() -> collector.collect(true, false))
                .hasMessageContaining("103 of the 105 ledgers")
                .hasMessageContaining("daybook.bookie.gc.max-deleted-share");
        assertThat(local.done).isEmpty();
        assertThat(collector.collect(true, true).ledgersDropped()).isEqualTo(103);
    }
}
