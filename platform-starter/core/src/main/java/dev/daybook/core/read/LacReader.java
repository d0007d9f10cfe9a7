package dev.daybook.core.read;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Coverage;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.BitSet;
import java.util.List;

/**
 * Learns the last confirmed entry of a ledger without disturbing its writer: asks every bookie of the last fragment and
 * is done when no ack quorum is left outside. Source: client protocol specification, section 11.
 *
 * <p>Not thread-safe: one loop owns it.
 */
public final class LacReader {
    private final Outbox<LacTraffic> outbox = new Outbox<>();
    private final LedgerMetadata metadata;
    private final List<BookieId> ensemble;
    private final FirstError firstError = new FirstError();
    private final BitSet answered = new BitSet();
    private final BitSet known = new BitSet();
    private long lac;
    private boolean done;

    /** @param knownLac what the handle knows already, -1 if nothing; the result is never below it */
    public LacReader(LedgerMetadata metadata, long knownLac) {
        this.metadata = metadata;
        this.ensemble = metadata.lastFragment().ensemble();
        // A fragment starts behind everything that was confirmed when it was made.
        this.lac = Math.max(knownLac, metadata.lastFragment().firstEntryId() - 1);
    }

    /** Call once, first. */
    public void start() {
        if (metadata.end().isPresent()) {
            finish(new CompleteLac.Outcome.Confirmed(metadata.end().get().lastEntryId()));
            return;
        }
        for (int position = 0; position < ensemble.size(); position++) {
            outbox.emit(new SendReadLac(position, ensemble.get(position)));
        }
    }

    /** The answer to one {@link SendReadLac}; a positive one carries -1 if the bookie knows of no confirmed entry. */
    public void onLacReply(int position, Answer<Long> answer) {
        if (done || answered.get(position)) {
            return;
        }
        answered.set(position);
        known.set(position, answer.isKnown());
        if (answer instanceof Answer.Positive<Long> positive) {
            Invariant.check(positive.value() >= -1, "a last-add-confirmed is -1 or an entry id");
            lac = Math.max(lac, positive.value());
        } else if (answer instanceof Answer.Unknown<Long> unknown) {
            firstError.note(unknown.reason());
            if (unknown.reason() == Answer.Reason.UNAUTHORIZED) {
                finish(new CompleteLac.Outcome.Failed(Answer.Reason.UNAUTHORIZED));
                return;
            }
        }
        decide();
    }

    private void decide() {
        if (Coverage.ofEnsemble(metadata.quorum(), known::get)) {
            finish(new CompleteLac.Outcome.Confirmed(lac));
        } else if (answered.cardinality() == ensemble.size()) {
            finish(new CompleteLac.Outcome.Failed(firstError.reason().orElse(Answer.Reason.FAILED)));
        }
    }

    private void finish(CompleteLac.Outcome outcome) {
        done = true;
        outbox.emit(new CompleteLac(outcome));
    }

    public void drainTo(LacTraffic handler) {
        outbox.drainTo(handler);
    }

    public boolean isDone() {
        return done;
    }
}
