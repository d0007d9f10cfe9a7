package dev.daybook.spring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerEntry;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private final BatchSize size = new BatchSize(1000, 10_000);

    @Test
    void growsStepwiseForSmallEntries() {
        assertThat(size.next()).isEqualTo(16);
        size.observe(entriesOf(10));
        assertThat(size.next()).isEqualTo(64);
        size.observe(entriesOf(10));
        size.observe(entriesOf(10));
        assertThat(size.next()).isEqualTo(1000);
    }

    @Test
    void shrinksAtOnceForLargeEntries() {
        size.observe(entriesOf(10));
        size.observe(entriesOf(10, 2_000));
        assertThat(size.next()).isEqualTo(5);
        size.observe(entriesOf(1_000_000));
        assertThat(size.next()).isEqualTo(1);
    }

    private static List<LedgerEntry> entriesOf(int... lengths) {
        return java.util.Arrays.stream(lengths)
                .mapToObj(length -> new LedgerEntry(new LedgerId(0), new EntryId(0), length, new byte[length]))
                .toList();
    }
}
