package dev.daybook.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Performs what a repair asks for in a {@link RepairRoom}, in any order, and badly at times. */
final class ScriptedRepairer implements RepairTraffic<String> {
    private final RepairRoom room;
    private final LedgerRepair<String> repair;
    private final Dice dice;
    private final int faultPercent;
    private final List<Runnable> pending = new ArrayList<>();
    private int payloads;
    private Optional<CompleteRepair> end = Optional.empty();

    ScriptedRepairer(RepairRoom room, int faultPercent) {
        this.room = room;
        this.repair = room.repair();
        this.dice = room.dice.fork();
        this.faultPercent = faultPercent;
    }

    void start() {
        repair.start();
        repair.drainTo(this);
    }

    /** False if nothing is left to do. */
    boolean step() {
        if (pending.isEmpty()) {
            return false;
        }
        pending.remove(dice.below(pending.size())).run();
        repair.drainTo(this);
        return true;
    }

    Optional<CompleteRepair.Outcome> outcome() {
        return end.map(CompleteRepair::outcome);
    }

    RepairTally tally() {
        return end.orElseThrow().tally();
    }

    void checkPayloads() {
        assertThat(payloads).as("payloads that were never given back").isZero();
    }

    private boolean fails() {
        return dice.chance(faultPercent);
    }

    private Answer<VerifiedEntry<String>> ask(BookieId bookie, long entryId) {
        if (!room.available.contains(bookie) || fails()) {
            return Answer.unknown(dice.chance(50) ? Answer.Reason.TIMEOUT : Answer.Reason.UNAVAILABLE);
        }
        if (room.has(bookie, entryId)) {
            return Answer.positive(new VerifiedEntry<>(entryId, entryId - 1, entryId + 1, "p" + entryId, 1));
        }
        if (room.isInLimbo(bookie)) {
            return Answer.unknown(Answer.Reason.LEDGER_STATE_UNKNOWN);
        }
        return dice.chance(50) ? Answer.negative() : Answer.unknown(Answer.Reason.DIGEST_MISMATCH);
    }

    @Override
    public void sendProbe(SendProbe effect) {
        pending.add(
                () -> repair.onProbeReply(effect.bookie(), effect.entryId(), ask(effect.bookie(), effect.entryId())));
    }

    @Override
    public void sendRead(SendRead effect) {
        assertThat(effect.fence()).isFalse();
        pending.add(() -> {
            Answer<VerifiedEntry<String>> answer = ask(effect.bookie(), effect.entryId());
            if (answer instanceof Answer.Positive<VerifiedEntry<String>>) {
                payloads++;
            }
            repair.onReadReply(effect.position(), effect.entryId(), answer);
        });
    }

    @Override
    public void sendAdd(SendAdd<String> effect) {
        assertThat(effect.recovery()).isTrue();
        assertThat(effect.lac()).as("the header of the original").isEqualTo(effect.entryId() - 1);
        assertThat(room.leaving).doesNotContain(effect.bookie());
        room.refilled.ifPresent(refilled -> assertThat(effect.bookie()).isEqualTo(refilled));
        pending.add(() -> {
            boolean taken = room.available.contains(effect.bookie()) && !fails();
            if (taken) {
                room.give(effect.bookie(), effect.entryId());
            }
            repair.onAddReply(effect.bookie(), effect.entryId(), taken ? AddReply.STORED : AddReply.FAILED);
        });
    }

    @Override
    public void releasePayload(ReleasePayload<String> effect) {
        payloads--;
    }

    @Override
    public void discardEntry(DiscardEntry<String> effect) {
        payloads--;
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        assertThat(room.refilled).as("a refill replaces nobody").isEmpty();
        pending.add(() ->
                repair.onMetadataSwapped(fails() ? new SwapReply.Failed("the store is away") : room.swap(effect)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        pending.add(() -> repair.onMetadataRead(new MetadataReply.Found(room.record)));
    }

    @Override
    public void completeRepair(CompleteRepair effect) {
        assertThat(end).as("a repair ends once").isEmpty();
        end = Optional.of(effect);
    }
}
