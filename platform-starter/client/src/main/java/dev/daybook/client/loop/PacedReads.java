package dev.daybook.client.loop;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.protocol.model.BookieId;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.Consumer;

/** The reads of one repair or check, no faster than all of them together may be. Belongs to the loop. */
final class PacedReads {
    private final LedgerLoop loop;
    private final BookieRequests requests;
    private final RepairPace pace;

    PacedReads(LedgerLoop loop, BookieRequests requests, RepairPace pace) {
        this.loop = loop;
        this.requests = requests;
        this.pace = pace;
    }

    /** Whoever hears the answer owns the payload of a positive one. */
    void read(BookieId bookie, long entryId, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {
        paced(() -> requests.read(bookie, entryId, answer -> {
            if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
                pace.onRead(positive.value().payloadBytes(), loop.net().nanoTime());
            }
            reply.accept(answer);
        }));
    }

    /** Only whether the bookie has the entry; its payload is released. */
    void probe(BookieId bookie, long entryId, Consumer<Answer<?>> reply) {
        read(bookie, entryId, answer -> {
            if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
                positive.value().payload().release();
            }
            reply.accept(answer);
        });
    }

    /** Later, if what was read before is not paid for. */
    private void paced(Runnable question) {
        long pause = pace.pauseNanos(loop.net().nanoTime());
        if (pause == 0) {
            question.run();
        } else {
            loop.net().schedule(() -> paced(question), Duration.ofNanos(pause));
        }
    }
}
