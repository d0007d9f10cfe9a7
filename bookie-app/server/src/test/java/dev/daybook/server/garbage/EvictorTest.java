package dev.daybook.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.server.garbage.LedgersInMetadata.Standing;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EvictorTest {
    private final FakeLedgers local = new FakeLedgers(1, 2, 3, 4);
    private final FakeMetadata metadata = new FakeMetadata()
            .with(Standing.HERE, 1)
            .with(Standing.ELSEWHERE, 2, 3)
            .with(Standing.UNSETTLED, 4);
    private final Evictor evictor = new Evictor(local, metadata, new Pacer(0, new StopSwitch()));

    @Test
    void whatBelongsElsewhereGoesInTheNextPass() throws IOException {
        assertThat(evictor.evict()).isZero();
        local.currentFlush = 7;
        evictor.look();
        assertThat(local.done).isEmpty();
        local.currentFlush = 9;
        local.inUse.add(3L);
        assertThat(evictor.evict()).isEqualTo(1);
        assertThat(local.done).containsExactlyInAnyOrder("evict 2 since 7", "evict 3 since 7");
        assertThat(local.ids).containsExactly(1L, 3L, 4L);
        assertThat(metadata.locked).isEmpty();
        assertThat(evictor.evict()).as("3 must be sighted anew").isZero();
    }

    @Test
    void aLedgerUnderRepairStays() throws IOException {
        evictor.look();
        metadata.locked.add(2L);
        assertThat(evictor.evict()).isEqualTo(1);
        assertThat(local.ids).contains(2L);
        assertThat(metadata.locked).containsExactly(2L);
    }

    @Test
    void theLookUnderTheLockDecides() throws IOException {
        evictor.look();
        metadata.onLock = () -> metadata.with(Standing.HERE, 2, 3);
        assertThat(evictor.evict()).isZero();
        assertThat(local.done).isEmpty();
        assertThat(metadata.locked).isEmpty();
    }

    @Test
    void aLockThatCouldNotBeGivenBackDoesNotOutliveTheNextPass() throws IOException {
        evictor.look();
        metadata.releaseFails = true;
        assertThat(evictor.evict()).isEqualTo(2);
        assertThat(metadata.locked).containsExactly(2L, 3L);
        assertThat(evictor.evict()).as("nothing is left to be locked again").isZero();
        assertThat(metadata.locked).isEmpty();
    }

    @Test
    void anotherClusterKeepsEverything() throws IOException {
        evictor.look();
        metadata.ourCluster = false;
        assertThatThrownBy(evictor::evict).hasMessageContaining("daybook.metadata-uri");
        assertThat(local.done).isEmpty();
    }

    @Test
    void aFailureReleasesTheLockAndTheRestIsTriedAgain() throws IOException {
        evictor.look();
        metadata.unreadable.add(2L);
        metadata.unreadable.add(3L);
        assertThatThrownBy(evictor::evict).isInstanceOf(IOException.class);
        assertThat(metadata.locked).isEmpty();
        metadata.unreadable.clear();
        assertThat(evictor.evict()).isEqualTo(2);
    }
}
