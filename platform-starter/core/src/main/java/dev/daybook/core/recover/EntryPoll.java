package dev.daybook.core.recover;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Coverage;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Quorum;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What all replicas of one entry say whether it exists. Source: client protocol specification, section 18.2.
 *
 * <p>All are asked at once, so that a silent one never delays a decision the others can take.
 */
final class EntryPoll<P> {
    private final Quorum quorum;
    private final long entryId;
    private final List<BookieId> ensemble;
    private final BitSet awaited = new BitSet();
    private final FirstError firstError = new FirstError();
    private int negatives;
    private Optional<VerifiedEntry<P>> found = Optional.empty();

    enum Verdict {
        OPEN,
        EXISTS,
        ABSENT,
        /** Everybody has answered and it is still not clear. */
        UNDECIDABLE
    }

    /** @param ensemble of the frozen fragment that contains the entry, never of a replacement made since */
    EntryPoll(Quorum quorum, long entryId, List<BookieId> ensemble) {
        this.quorum = quorum;
        this.entryId = entryId;
        this.ensemble = ensemble;
        for (int position : Striping.writeSet(quorum, entryId)) {
            awaited.set(position);
        }
    }

    /** False if this answer tells nothing new; then an entry in it is not kept. */
    boolean onAnswer(int position, BookieId bookie, Answer<VerifiedEntry<P>> answer) {
        if (!awaited.get(position) || !ensemble.get(position).equals(bookie)) {
            return false;
        }
        awaited.clear(position);
        if (answer instanceof Answer.Positive<VerifiedEntry<P>> positive) {
            if (found.isPresent()) {
                return false;
            }
            found = Optional.of(positive.value());
        } else if (answer instanceof Answer.Unknown<VerifiedEntry<P>> unknown) {
            firstError.note(unknown.reason());
        } else {
            negatives++;
        }
        return true;
    }

    Verdict verdict() {
        if (found.isPresent()) {
            return Verdict.EXISTS;
        }
        if (Coverage.ofWriteSet(quorum, negatives)) {
            return Verdict.ABSENT;
        }
        return awaited.isEmpty() ? Verdict.UNDECIDABLE : Verdict.OPEN;
    }

    boolean isExhausted() {
        return awaited.isEmpty();
    }

    long entryId() {
        return entryId;
    }

    List<BookieId> ensemble() {
        return ensemble;
    }

    Optional<VerifiedEntry<P>> found() {
        return found;
    }

    /** Empty when only explicit negatives were seen. */
    Optional<Answer.Reason> error() {
        return firstError.reason();
    }
}
