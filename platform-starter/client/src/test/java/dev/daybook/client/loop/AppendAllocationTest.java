package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.fake.Cluster;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the garbage collector gets from an append. The copy of the payload lies outside of the heap. */
class AppendAllocationTest {
    private static final int BYTES_PER_APPEND_MAX = 1024;
    private static final int OUTSTANDING = 200;
    private static final int WARM = 20_000;
    private static final int MEASURED = 40_000;

    @ParameterizedTest
    @EnumSource(Generation.class)
    void anAppendToThreeBookiesAllocatesLittle(Generation generation) {
        try (Cluster cluster = new Cluster(3)) {
            ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
            try {
                AppendLedger writer = await(cluster.client(generation).create(LedgerSpec.of(new Quorum(3, 3, 2))));
                append(writer, WARM);
                long allocated = allocated();
                append(writer, MEASURED);
                long perAppend = (allocated() - allocated) / MEASURED;
                System.out.println("bytes allocated per append, " + generation + ": " + perAppend);
                assertThat(perAppend).isPositive().isLessThanOrEqualTo(BYTES_PER_APPEND_MAX);
            } finally {
                ResourceLeakDetector.setLevel(before);
            }
        }
    }

    private static void append(AppendLedger writer, int count) {
        byte[] payload = new byte[1024];
        ArrayDeque<CompletionStage<EntryId>> pending = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            pending.add(writer.append(payload));
            if (pending.size() == OUTSTANDING) {
                pending.remove().toCompletableFuture().join();
            }
        }
        pending.forEach(append -> append.toCompletableFuture().join());
    }

    /** By the client's threads and the caller's; the fake bookies have threads of their own. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("daybook-client")) {
                sum += threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }
}
