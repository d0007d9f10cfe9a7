package dev.daybook.server.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.server.registration.ServiceMode.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceModeTest {
    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final List<Boolean> told = new ArrayList<>();
    private final ServiceMode mode = new ServiceMode(
            cluster.registry(), new BookieId("b1"), new BookieServiceInfo(List.of(), Map.of()), told::add);

    @Test
    void theBookieIsToldBeforeTheCluster() {
        mode.announce();
        mode.set(Reason.DISK_FULL, true);
        assertThat(told).containsExactly(true);
        assertThat(state()).isEqualTo(BookieRecord.State.WRITABLE);
        mode.announce();
        assertThat(state()).isEqualTo(BookieRecord.State.READ_ONLY);
    }

    @Test
    void itIsWritableAgainOnlyWhenTheLastReasonIsGone() {
        mode.set(Reason.DISK_FULL, true);
        mode.set(Reason.NO_SPACE, true);
        mode.set(Reason.DISK_FULL, false);
        mode.announce();
        assertThat(state()).isEqualTo(BookieRecord.State.READ_ONLY);
        mode.set(Reason.NO_SPACE, false);
        mode.announce();
        assertThat(state()).isEqualTo(BookieRecord.State.WRITABLE);
        assertThat(told).endsWith(true, false);
    }

    private BookieRecord.State state() {
        return cluster.bookieRecords().toCompletableFuture().join().get(0).state();
    }
}
