package dev.daybook.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpaceNeedsTest {
    private final SpaceNeeds needs = new SpaceNeeds(1000, 500);

    @Test
    void aDirectoryThatTakesEntriesKeepsRoomForAWholeFlush() {
        assertThat(needs.untouchableBytes(false, 0, 10)).isEqualTo(500);
        assertThat(needs.untouchableBytes(false, 400, 10)).isEqualTo(500);
        assertThat(needs.untouchableBytes(false, 0, 700)).isEqualTo(700);
    }

    @Test
    void aFullDirectoryKeepsRoomForWhatIsInMemoryOnly() {
        assertThat(needs.untouchableBytes(true, 400, 10)).isEqualTo(500);
        assertThat(needs.untouchableBytes(true, 40, 10)).isEqualTo(50);
        assertThat(needs.untouchableBytes(true, 0, 10)).isEqualTo(10);
    }
}
