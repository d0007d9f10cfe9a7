package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Operation;
import dev.daybook.storage.memtable.EntryArena;
import dev.daybook.storage.memtable.EntryBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddGateTest {
    private final List<String> told = new ArrayList<>();
    private final ArrayDeque<EntryBytes> entered = new ArrayDeque<>();
    private final List<ByteBuf> bodies = new ArrayList<>();
    private int retries;

    /** Room for two entries: the third waits. */
    private final EntryArena arena =
            EntryArena.of(1, 100, 2, ByteBuffer::allocate, () -> this.gate().onRoom());

    private final CacheGauge gauge = new CacheGauge(1000, () -> {}, () -> {});
    private final AddGate gate = new AddGate(arena, gauge, this::enter, () -> retries++);

    AddGateTest() {
        gate.onPressure(pressed -> told.add(pressed ? "pressed" : "relieved"));
    }

    private AddGate gate() {
        return gate;
    }

    private void enter(BookieRequest.Add add, EntryBytes body, RequestTicket ticket) {
        told.add("entered " + add.entryId());
        entered.add(body);
    }

    private void add(long entryId) {
        ByteBuf body = Unpooled.buffer().writeLong(1).writeLong(entryId).writeZero(60);
        bodies.add(body);
        FrameHeader header = FrameHeader.v3(Operation.ADD, 1);
        BookieRequest.Add add = new BookieRequest.Add(header, 1, entryId, new byte[20], body, false, 0);
        gate.execute(
                add,
                Commands.ticketOf(
                        add, BookieMetrics.NONE, answer -> told.add("answered " + entryId + " " + answer.status())));
    }

    @Test
    void addsWaitInOrderUntilThereIsRoom() {
        for (int i = 0; i < 4; i++) {
            add(i);
        }
        assertThat(told).containsExactly("entered 0", "entered 1", "pressed");
        gate.retry();
        assertThat(told).hasSize(3);
        entered.remove().release();
        assertThat(retries).isPositive();
        gate.retry();
        add(4);
        entered.remove().release();
        gate.retry();
        entered.remove().release();
        gate.retry();
        assertThat(told)
                .containsExactly(
                        "entered 0", "entered 1", "pressed", "entered 2", "entered 3", "entered 4", "relieved");
        entered.forEach(EntryBytes::release);
        arena.close();
        assertThat(arena.chunksInUse()).isZero();
        assertThat(bodies).allMatch(body -> body.refCnt() == 0);
    }

    @Test
    void addsWaitWhileTheWriteCacheIsFull() {
        gauge.changed(1001, 1);
        add(0);
        assertThat(told).containsExactly("pressed");
        gauge.changed(-1001, -1);
        gate.retry();
        assertThat(told).containsExactly("pressed", "entered 0", "relieved");
    }

    @Test
    void nobodyWaitsForRoomThatCannotCome() {
        for (int i = 0; i < 3; i++) {
            add(i);
        }
        gate.refuseInsteadOfWaiting(Optional.of(Status.READ_ONLY));
        add(3);
        assertThat(told)
                .containsExactly(
                        "entered 0",
                        "entered 1",
                        "pressed",
                        "relieved",
                        "answered 2 READ_ONLY",
                        "answered 3 READ_ONLY");
        gate.refuseInsteadOfWaiting(Optional.empty());
        add(4);
        assertThat(told).endsWith("pressed");
        assertThat(bodies.subList(0, 4)).allMatch(body -> body.refCnt() == 0);
    }
}
