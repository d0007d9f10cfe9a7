package dev.daybook.storage.memtable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryArenaTest {
    private final AtomicInteger room = new AtomicInteger();

    private EntryArena arena(int lanes, int chunks) {
        return EntryArena.of(lanes, 1000, chunks, ByteBuffer::allocate, room::incrementAndGet);
    }

    @Test
    void givesNothingBeyondItsSizeAndTellsWhenThereIsRoom() {
        EntryArena arena = arena(1, 2);
        EntryBytes first = Objects.requireNonNull(arena.tryTake(0, 600));
        EntryBytes second = Objects.requireNonNull(arena.tryTake(0, 600));
        assertThat(arena.tryTake(0, 600)).isNull();
        assertThat(room).hasValue(0);
        first.release();
        assertThat(room).hasValue(1);
        EntryBytes third = Objects.requireNonNull(arena.tryTake(0, 600));
        second.release();
        third.release();
        arena.close();
        assertThat(arena.chunksInUse()).isZero();
        assertThat(arena.tryTake(0, 1)).isNull();
    }

    @Test
    void aChunkWhoseEntriesAreGoneIsFilledAnewByItsOwnLane() {
        EntryArena arena = arena(1, 1);
        for (int i = 0; i < 10; i++) {
            Objects.requireNonNull(arena.tryTake(0, 600)).release();
        }
        assertThat(arena.chunksInUse()).isEqualTo(1);
    }

    @Test
    void neverHasRoomForWhatIsLargerThanAChunk() {
        assertThatThrownBy(() -> arena(1, 1).tryTake(0, 1001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entriesOfManyThreadsDoNotTouch() throws InterruptedException {
        EntryArena arena = arena(2, 50);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int taker = i;
            Thread thread = new Thread(() -> takeAndRelease(arena, taker));
            thread.setUncaughtExceptionHandler((failed, cause) -> {
                synchronized (failures) {
                    failures.add(cause);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        arena.close();
        assertThat(arena.chunksInUse()).isZero();
    }

    private static void takeAndRelease(EntryArena arena, int taker) {
        Random random = new Random(taker);
        ArrayDeque<EntryBytes> held = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] content = new byte[1 + random.nextInt(100)];
            Arrays.fill(content, (byte) taker);
            @Nullable EntryBytes taken = arena.tryTake(taker, content.length);
            if (taken != null) {
                taken.view().put(content);
                held.add(taken);
            }
            if (taken == null || held.size() > 50) {
                checkAndRelease(held.remove(), taker);
            }
        }
        held.forEach(left -> checkAndRelease(left, taker));
    }

    private static void checkAndRelease(EntryBytes bytes, int taker) {
        ByteBuffer view = bytes.view();
        while (view.hasRemaining()) {
            if (view.get() != taker) {
                throw new AssertionError("an entry was overwritten while it was held");
            }
        }
        bytes.release();
    }
}
