package dev.daybook.core.repair;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.core.write.TakenEntry;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One entry on its way from any bookie that has it to all that need it: asks members that stay whether they lack it,
 * reads it once, and sends it as it was written. The header is not changed, so every copy has the same bytes.
 */
final class EntryCopy<P> {
    private final long entryId;
    private final List<BookieId> ensemble;
    private final Consumer<Effect<? super RepairTraffic<P>>> effects;

    /** Positions that may have it, the most promising first. */
    private final Deque<Integer> sources;

    private final List<CopyTarget> asked = new ArrayList<>();
    private final List<CopyTarget> wanting = new ArrayList<>();
    private int askedPosition = -1;
    private Optional<VerifiedEntry<P>> entry = Optional.empty();
    private int unstored;
    private int stored;
    private Optional<Answer.Reason> sourceUnknown = Optional.empty();
    private Optional<Stall> failure = Optional.empty();
    private boolean done;

    EntryCopy(
            long entryId,
            List<BookieId> ensemble,
            List<CopyTarget> targets,
            List<Integer> sources,
            Consumer<Effect<? super RepairTraffic<P>>> effects) {
        this.entryId = entryId;
        this.ensemble = ensemble;
        this.effects = effects;
        this.sources = new ArrayDeque<>(sources);
        for (CopyTarget target : targets) {
            (target.stays() ? asked : wanting).add(target);
        }
    }

    /** Call once. */
    void start() {
        if (asked.isEmpty()) {
            askSource();
        }
        for (CopyTarget target : asked) {
            effects.accept(new SendProbe(target.bookie(), entryId));
        }
    }

    void onProbeReply(BookieId bookie, Answer<?> answer) {
        CopyTarget target = asked.stream()
                .filter(each -> each.bookie().equals(bookie))
                .findFirst()
                .orElseThrow();
        asked.remove(target);
        switch (Presence.of(answer)) {
            case SOUND -> {}
            case LACKING -> {
                wanting.add(target);
                sources.remove(target.position());
            }
            case UNKNOWN ->
                failure = Optional.of(new Stall(
                        StallReason.UNANSWERED,
                        "Bookie " + bookie + " did not say whether it has entry " + entryId + " ("
                                + ((Answer.Unknown<?>) answer).reason() + ")."));
        }
        if (asked.isEmpty()) {
            if (wanting.isEmpty()) {
                done = true;
            } else {
                askSource();
            }
        }
    }

    private void askSource() {
        Integer position = sources.poll();
        if (position == null) {
            failure = Optional.of(new Stall(StallReason.NO_SOURCE, noSource()));
            done = true;
            return;
        }
        askedPosition = position;
        effects.accept(new SendRead(position, ensemble.get(position), entryId, false));
    }

    private String noSource() {
        return sourceUnknown
                .map(reason -> "No bookie that can be reached returned entry " + entryId + " (" + reason + ").")
                .orElse("No bookie has a sound copy of entry " + entryId + ".");
    }

    void onReadReply(int position, Answer<VerifiedEntry<P>> answer) {
        if (!(answer instanceof Answer.Positive<VerifiedEntry<P>> positive)) {
            if (answer instanceof Answer.Unknown<VerifiedEntry<P>> unknown && sourceUnknown.isEmpty()) {
                sourceUnknown = Optional.of(unknown.reason());
            }
            askSource();
            return;
        }
        if (position != askedPosition || entry.isPresent()) {
            effects.accept(new DiscardEntry<>(positive.value()));
            return;
        }
        VerifiedEntry<P> found = positive.value();
        entry = Optional.of(found);
        unstored = wanting.size();
        TakenEntry<P> taken = new TakenEntry<>(entryId, found.lac(), found.length(), found.payload(), true);
        for (CopyTarget target : wanting) {
            effects.accept(new SendAdd<>(target.position(), target.bookie(), taken));
        }
    }

    void onAddReply(BookieId bookie, AddReply reply) {
        unstored--;
        if (reply == AddReply.STORED) {
            stored++;
        } else {
            failure = Optional.of(new Stall(
                    StallReason.TARGET_FAILED,
                    "Bookie " + bookie + " did not take a copy of entry " + entryId + " (" + reply + ")."));
        }
        if (unstored == 0) {
            effects.accept(new ReleasePayload<>(entryId, entry.orElseThrow().payload()));
            done = true;
        }
    }

    /** Nobody waits any more; answers that are under way are not to be passed on. */
    void abandon() {
        if (entry.isPresent() && !done) {
            effects.accept(new ReleasePayload<>(entryId, entry.get().payload()));
        }
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Copies that were written and acknowledged. */
    int stored() {
        return stored;
    }

    int payloadBytes() {
        return entry.map(VerifiedEntry::payloadBytes).orElse(0);
    }

    Optional<Stall> failure() {
        return failure;
    }
}
