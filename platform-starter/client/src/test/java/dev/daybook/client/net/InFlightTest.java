package dev.daybook.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer finds its own call, whatever the order. */
class InFlightTest {
    private static final int STEPS = 20_000;
    private static final int KEYS = 40;
    private static final long NO_ENTRY = -1;

    private long lastTxnId;

    private FrameHeader header(Generation generation) {
        return generation == Generation.V2
                ? FrameHeader.v2(Operation.READ)
                : FrameHeader.v3(Operation.READ, ++lastTxnId);
    }

    private static Call read(FrameHeader header, long entryId) {
        BookieRequest request = new BookieRequest.Read(header, 7, entryId, false, Optional.empty(), Optional.empty());
        return RequestCall.of(request, Unpooled.EMPTY_BUFFER, Duration.ofSeconds(1), new CallHandler() {
            @Override
            public void answered(BookieResponse response) {
                throw new AssertionError("nobody answers here");
            }

            @Override
            public void failed(CallFailure failure) {
                throw new AssertionError("nobody fails here");
            }
        });
    }

    private static BookieResponse answer(FrameHeader header, long entryId) {
        return new BookieResponse.Read(
                header, Status.NO_ENTRY, 7, entryId, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** Against a list that is searched from its oldest call on; which of several with one key is taken does not matter. */
    @ParameterizedTest
    @EnumSource(Generation.class)
    void asAListWouldFindThem(Generation generation) {
        long seed = System.nanoTime();
        System.out.println("calls in flight: seed " + seed);
        Random random = new Random(seed);
        InFlight inFlight = new InFlight(generation);
        List<Call> model = new ArrayList<>();
        Map<Call, Long> entries = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(100);
            if (choice < 48) {
                long entryId = random.nextInt(KEYS);
                Call call = read(header(generation), entryId);
                entries.put(call, entryId);
                model.add(call);
                inFlight.add(call);
            } else if (choice < 97 && !model.isEmpty()) {
                // Mostly in order, as bookies answer.
                Call answered = model.get(random.nextInt(4) == 0 ? random.nextInt(model.size()) : 0);
                BookieResponse response = answer(answered.header(), entries.getOrDefault(answered, NO_ENTRY));
                Call taken = inFlight.take(response);
                assertThat(taken).as("seed %d", seed).isNotNull();
                assertThat(entries.getOrDefault(taken, NO_ENTRY))
                        .as("seed %d", seed)
                        .isEqualTo(entries.getOrDefault(answered, NO_ENTRY));
                assertThat(model.remove(taken)).as("seed %d", seed).isTrue();
            } else if (choice < 99) {
                FrameHeader unknown =
                        generation == Generation.V2 ? header(generation) : FrameHeader.v3(Operation.READ, -1);
                assertThat(inFlight.take(answer(unknown, KEYS + 1)))
                        .as("seed %d", seed)
                        .isNull();
            } else {
                long entryId = random.nextInt(KEYS);
                List<Call> removed = inFlight.removeIf(call -> entries.getOrDefault(call, NO_ENTRY) == entryId);
                List<Call> expected = model.stream()
                        .filter(call -> entries.getOrDefault(call, NO_ENTRY) == entryId)
                        .toList();
                assertThat(removed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
                model.removeAll(expected);
            }
        }
        assertThat(inFlight.removeIf(any -> true)).containsExactlyInAnyOrderElementsOf(model);
    }

    @Test
    void theOperationCounts() {
        InFlight inFlight = new InFlight(Generation.V3);
        Call read = read(FrameHeader.v3(Operation.READ, 5), 1);
        inFlight.add(read);
        assertThat(inFlight.take(new BookieResponse.Add(FrameHeader.v3(Operation.ADD, 5), Status.OK, 7, 1)))
                .isNull();
        assertThat(inFlight.take(answer(FrameHeader.v3(Operation.READ, 5), 1))).isSameAs(read);
        assertThat(inFlight.take(answer(FrameHeader.v3(Operation.READ, 5), 1))).isNull();
    }
}
