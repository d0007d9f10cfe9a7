package dev.daybook.core.write;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.effect.Invariant;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Forces under way, and how far entries are on disk for certain. A force covers what was acknowledged when it began, and
 * succeeds when the whole ensemble has answered it: only then no ack quorum can consist of bookies that still hold an
 * entry in memory. Source: client protocol specification, section 14.
 */
final class ForceRounds {
    private final Consumer<Effect<WriterTraffic<?>>> effects;
    private final Map<Long, Round> rounds = new LinkedHashMap<>();
    private long lastForceId;

    /** Never above what was acknowledged, never falls. */
    private long lastForced = EntryId.NONE;

    private long lengthForced;

    private record Round(long upTo, long length, BitSet missing) {}

    ForceRounds(Consumer<Effect<WriterTraffic<?>>> effects) {
        this.effects = effects;
    }

    /**
     * @param upTo last acknowledged entry
     * @param length payload bytes up to it
     */
    long start(List<BookieId> ensemble, long upTo, long length) {
        long forceId = ++lastForceId;
        BitSet missing = new BitSet(ensemble.size());
        missing.set(0, ensemble.size());
        rounds.put(forceId, new Round(upTo, length, missing));
        for (int position = 0; position < ensemble.size(); position++) {
            effects.accept(new SendForce(forceId, position, ensemble.get(position)));
        }
        return forceId;
    }

    /** Ends at once, because there is nothing to force. */
    long succeed(long lastAddConfirmed) {
        long forceId = ++lastForceId;
        effects.accept(new CompleteForce(forceId, new CompleteForce.Outcome.Forced(lastAddConfirmed)));
        return forceId;
    }

    long fail(WriteFailure failure) {
        long forceId = ++lastForceId;
        effects.accept(new CompleteForce(forceId, new CompleteForce.Outcome.Failed(failure)));
        return forceId;
    }

    void onReply(long forceId, int position, BookieId bookie, boolean synced) {
        Round round = rounds.get(forceId);
        if (round == null || !round.missing.get(position)) {
            return; // It has failed already, or this is a second answer.
        }
        round.missing.clear(position);
        if (!synced) {
            rounds.remove(forceId);
            effects.accept(new CompleteForce(
                    forceId,
                    new CompleteForce.Outcome.Failed(new WriteFailure(
                            WriteFailure.Kind.BOOKIE_FAILED,
                            "Bookie " + bookie + " did not confirm that its entries are on disk; the last-add-confirmed"
                                    + " stays at " + lastForced + ", force again."))));
        } else if (round.missing.isEmpty()) {
            rounds.remove(forceId);
            if (round.upTo > lastForced) {
                Invariant.check(round.length >= lengthForced, "length grows", round.length, lengthForced);
                lastForced = round.upTo;
                lengthForced = round.length;
            }
            effects.accept(new CompleteForce(forceId, new CompleteForce.Outcome.Forced(lastForced)));
        }
    }

    void failAll(WriteFailure failure) {
        for (long forceId : rounds.keySet()) {
            effects.accept(new CompleteForce(forceId, new CompleteForce.Outcome.Failed(failure)));
        }
        rounds.clear();
    }

    long lastForced() {
        return lastForced;
    }

    long lengthForced() {
        return lengthForced;
    }
}
