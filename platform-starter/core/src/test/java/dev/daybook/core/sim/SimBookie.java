package dev.daybook.core.sim;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One bookie with one ledger. Accepted adds and fences go through one journal in order; entries become visible, adds
 * acknowledged and fencing requests answered when the journal is synced. A crash loses what was not synced.
 */
final class SimBookie {
    /** What is on disk of one entry. */
    record Stored(long entryId, long lac, long length, int payloadBytes, long content) {
        /** As a driver hands it to a core. */
        static Answer<VerifiedEntry<SimPayload>> receive(Answer<Stored> answer, SimPayload.Ledger payloads) {
            if (answer instanceof Answer.Positive<Stored> positive) {
                Stored stored = positive.value();
                SimPayload payload = payloads.make(stored.content, stored.payloadBytes);
                return Answer.positive(
                        new VerifiedEntry<>(stored.entryId, stored.lac, stored.length, payload, stored.payloadBytes));
            }
            return answer instanceof Answer.Unknown<Stored> unknown
                    ? Answer.unknown(unknown.reason())
                    : Answer.negative();
        }
    }

    final BookieId id;
    private final World world;
    private final TreeMap<Long, Stored> durable = new TreeMap<>();
    private boolean fenceDurable;

    private final List<Runnable> journal = new ArrayList<>();
    private boolean fenced;
    private boolean up = true;
    private int incarnation;

    SimBookie(World world, BookieId id) {
        this.world = world;
        this.id = id;
    }

    boolean isUp() {
        return up;
    }

    Map<Long, Stored> durable() {
        return durable;
    }

    boolean holds(long entryId, long content) {
        Stored stored = durable.get(entryId);
        return stored != null && stored.content() == content;
    }

    void add(SendAdd<SimPayload> add, Consumer<AddReply> reply) {
        if (fenced && !add.recovery()) {
            reply.accept(AddReply.FENCED);
            return;
        }
        Stored stored = new Stored(
                add.entryId(),
                add.lac(),
                add.length(),
                add.payload().bytes(),
                add.payload().content());
        write(() -> {
            durable.put(stored.entryId(), stored);
            reply.accept(AddReply.STORED);
        });
    }

    void fence(Consumer<Answer<LastEntry>> reply) {
        afterFence(() -> reply.accept(
                durable.isEmpty()
                        ? Answer.negative()
                        : Answer.positive(new LastEntry(
                                durable.lastKey(),
                                durable.lastEntry().getValue().lac(),
                                durable.lastEntry().getValue().length()))));
    }

    void read(long entryId, boolean fence, Consumer<Answer<Stored>> reply) {
        if (fence) {
            afterFence(() -> reply.accept(lookUp(entryId)));
        } else {
            reply.accept(lookUp(entryId));
        }
    }

    void readLac(Consumer<Answer<Long>> reply) {
        reply.accept(
                durable.isEmpty()
                        ? Answer.negative()
                        : Answer.positive(durable.lastEntry().getValue().lac()));
    }

    private Answer<Stored> lookUp(long entryId) {
        Stored stored = durable.get(entryId);
        return stored == null ? Answer.negative() : Answer.positive(stored);
    }

    /** Runs the answer when the fence is on disk; adds accepted before it are on disk by then as well. */
    private void afterFence(Runnable answer) {
        fenced = true;
        if (fenceDurable) {
            answer.run();
        } else {
            write(() -> {
                fenceDurable = true;
                answer.run();
            });
        }
    }

    private void write(Runnable effect) {
        journal.add(effect);
        if (journal.size() == 1) {
            int born = incarnation;
            world.after(world.mix.journalDelayMax() == 0 ? 0 : world.dice.below(world.mix.journalDelayMax()), () -> {
                if (born == incarnation) {
                    sync();
                }
            });
        }
    }

    private void sync() {
        List<Runnable> batch = List.copyOf(journal);
        journal.clear();
        batch.forEach(Runnable::run);
    }

    void crash() {
        world.log(id + " crashes");
        up = false;
        incarnation++;
        journal.clear();
        fenced = fenceDurable;
    }

    void restart() {
        world.log(id + " is up");
        up = true;
    }
}
