package dev.daybook.engine.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightingsTest {
    private final Sightings sightings = new Sightings();

    @Test
    void theFirstSightingHasNoConsequences() {
        assertThat(sightings.pass(new long[] {1, 2})).isEmpty();
        assertThat(sightings.pass(new long[] {2, 3})).containsExactly(2);
    }

    @Test
    void onlyNeighbouringPassesCount() {
        sightings.pass(new long[] {1});
        sightings.pass(new long[0]);
        assertThat(sightings.pass(new long[] {1})).isEmpty();
        assertThat(sightings.pass(new long[] {1})).containsExactly(1);
        assertThat(sightings.pass(new long[] {1})).as("still there, still seen").containsExactly(1);
    }
}
