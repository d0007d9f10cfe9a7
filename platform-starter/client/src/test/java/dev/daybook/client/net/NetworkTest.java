package dev.daybook.client.net;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.fake.Fault;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls over real sockets: every one ends once, whatever the bookie does. */
class NetworkTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeBookie bookie = new FakeBookie();
    private final Map<BookieId, BookieAddress> addresses = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private Network network = network(Generation.V3);

    private Network network(Generation generation) {
        addresses.put(bookie.id(), new BookieAddress("127.0.0.1", bookie.port()));
        return new Network(
                new NetworkConfig(
                        1, Duration.ofSeconds(5), 64 * 1024, generation, SecurityConfig.NONE, Duration.ofMillis(20)),
                id -> {
                    lookups.incrementAndGet();
                    return CompletableFuture.completedStage(Optional.ofNullable(addresses.get(id)));
                });
    }

    private void use(Generation generation) {
        network.close();
        network = network(generation);
    }

    @AfterEach
    void close() {
        network.close();
        bookie.close();
    }

    /** Status of the answer, or how the call failed. */
    private CompletionStage<Object> read(BookieId target, long entryId, Duration timeout) {
        CompletableFuture<Object> end = new CompletableFuture<>();
        network.loopOf(7).execute(() -> send(target, entryId, timeout, end));
        return end;
    }

    /** On the loop. */
    private void send(BookieId target, long entryId, Duration timeout, CompletableFuture<Object> end) {
        NetworkLoop loop = network.loopOf(7);
        FrameHeader header = loop.header(loop.generationOf(Operation.READ, false), Operation.READ);
        loop.send(
                target,
                new BookieRequest.Read(header, 7, entryId, false, Optional.empty(), Optional.empty()),
                timeout,
                new CallHandler() {
                    @Override
                    public void answered(BookieResponse response) {
                        ResponseBuffers.release(response);
                        assertThat(end.complete(response.status())).isTrue();
                    }

                    @Override
                    public void failed(CallFailure failure) {
                        assertThat(end.complete(failure)).isTrue();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void everyCallGetsItsAnswerOverOneConnection(Generation generation) {
        use(generation);
        List<CompletionStage<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(read(bookie.id(), i % 10, LONG));
        }
        calls.forEach(call -> assertThat(await(call)).isEqualTo(Status.NO_LEDGER));
        assertThat(bookie.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aSilentBookieTimesOutAndItsLateAnswerIsDropped(Generation generation) {
        use(generation);
        bookie.fault(Operation.READ, Fault.delay(400));
        assertThat(await(read(bookie.id(), 1, SHORT))).isEqualTo(CallFailure.TIMEOUT);
        bookie.heal();
        assertThat(await(read(bookie.id(), 2, LONG))).isEqualTo(Status.NO_LEDGER);
        bookie.fault(Operation.READ, Fault.delay(600));
        assertThat(await(read(bookie.id(), 3, LONG))).isEqualTo(Status.NO_LEDGER);
        assertThat(bookie.connections()).isEqualTo(1);
    }

    @Test
    void losingTheConnectionFailsEverythingOutstanding() {
        bookie.fault(Operation.READ, Fault.DROP);
        List<CompletionStage<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(read(bookie.id(), i, LONG));
        }
        until("the calls arrived", () -> bookie.received(Operation.READ) == 10);
        bookie.stop();
        calls.forEach(call -> assertThat(await(call)).isEqualTo(CallFailure.CONNECTION_LOST));
    }

    /** The loop learns of it by a write, in the midst of its flushes, before it has read that the bookie is gone. */
    @Test
    void whoeverHearsOfABrokenConnectionMayCallAnotherBookieAtOnce() {
        for (int i = 0; i < 10; i++) {
            try (FakeBookie broken = new FakeBookie();
                    FakeBookie other = new FakeBookie()) {
                addresses.put(broken.id(), new BookieAddress("127.0.0.1", broken.port()));
                addresses.put(other.id(), new BookieAddress("127.0.0.1", other.port()));
                await(read(broken.id(), 1, LONG));
                await(read(other.id(), 1, LONG));
                broken.fault(Operation.READ, Fault.DROP);
                CompletableFuture<Object> followUp = new CompletableFuture<>();
                NetworkLoop loop = network.loopOf(7);
                loop.execute(() -> {
                    broken.stop();
                    CompletableFuture<Object> first = new CompletableFuture<>();
                    send(broken.id(), 2, LONG, first);
                    CompletableFuture<Void> unused = first.thenRun(() -> send(other.id(), 2, LONG, followUp));
                    loop.execute(() -> {
                        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        send(broken.id(), 3, LONG, new CompletableFuture<>());
                    });
                });
                assertThat(await(followUp)).isEqualTo(Status.NO_LEDGER);
                assertThat(await(read(other.id(), 3, LONG))).isEqualTo(Status.NO_LEDGER);
            }
        }
    }

    @Test
    void anUnreachableBookieIsTriedAgainWhereItIsNow() {
        bookie.stop();
        assertThat(await(read(bookie.id(), 1, LONG))).isEqualTo(CallFailure.NO_CONNECTION);
        FakeBookie moved = new FakeBookie();
        addresses.put(bookie.id(), new BookieAddress("localhost", moved.port()));
        until("the bookie is found at its new address", () -> await(read(bookie.id(), 1, LONG)) == Status.NO_LEDGER);
        moved.close();
        assertThat(lookups.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anUnknownBookieCannotBeReached() {
        assertThat(await(read(new BookieId("nobody"), 1, LONG))).isEqualTo(CallFailure.NO_CONNECTION);
    }

    @Test
    void anAnswerThatIsTooLongClosesTheConnection() {
        bookie.put(7, 1, new byte[70 * 1024]);
        assertThat(await(read(bookie.id(), 1, LONG))).isEqualTo(CallFailure.MALFORMED);
        assertThat(await(read(bookie.id(), 2, LONG))).isEqualTo(Status.NO_ENTRY);
        assertThat(bookie.connections()).isEqualTo(2);
    }

    @Test
    void closingFailsWhatIsOutstandingAndWhatComesLater() {
        bookie.fault(Operation.READ, Fault.DROP);
        CompletionStage<Object> call = read(bookie.id(), 1, LONG);
        until("the call arrived", () -> bookie.received(Operation.READ) == 1);
        network.close();
        assertThat(await(call)).isEqualTo(CallFailure.CLIENT_CLOSED);
        assertThat(network.loopOf(7).execute(() -> {})).isFalse();
        network.close();
    }

    @Test
    void fencingReadsAndWhatVersionTwoLacksTravelInVersionThree() {
        use(Generation.V2);
        NetworkLoop loop = network.loopOf(7);
        assertThat(loop.generationOf(Operation.READ, false)).isEqualTo(Generation.V2);
        assertThat(loop.generationOf(Operation.ADD, false)).isEqualTo(Generation.V2);
        assertThat(loop.generationOf(Operation.READ, true)).isEqualTo(Generation.V3);
        assertThat(loop.generationOf(Operation.READ_LAC, false)).isEqualTo(Generation.V3);
        assertThat(loop.generationOf(Operation.BOOKIE_INFO, false)).isEqualTo(Generation.V3);
    }
}
