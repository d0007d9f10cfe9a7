package dev.daybook.core.metadata;

import dev.daybook.core.effect.Effect;
import dev.daybook.core.effect.Invariant;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The record as one core knows it, and the compare-and-swap loop around it. Source: client protocol specification,
 * section 2.2.
 *
 * <p>The owner looks at {@link #current}, decides, and proposes a change; whatever the answer, it decides again on the
 * record that is stored then. So a lost answer needs no case of its own: the record is read, and if the change had
 * happened after all, the owner finds nothing left to do. The local value never runs ahead of the store.
 */
public final class MetadataRegister {
    /** Lost swaps in a row. Each conflict is somebody's progress and records settle, so more means a sick store. */
    static final int LOST_SWAPS_MAX = 32;

    private final Consumer<Effect<MetadataRequests>> effects;

    private Versioned<LedgerMetadata> current;
    private Optional<LedgerMetadata> proposed = Optional.empty();
    private boolean reading;
    private int lostSwaps;

    /**
     * Version of the last proposal whose answer was lost. While the record has not moved beyond it the store may still
     * accept that proposal.
     */
    private OptionalLong doubt = OptionalLong.empty();

    private String failure = "";

    /** What the owner may do next. */
    public enum Progress {
        /** The record is as fresh as can be known: decide. */
        DECIDE,
        /** A read is under way. */
        WAIT,
        /** There is no such ledger any more. */
        GONE,
        /** See {@link #failure}. */
        FAILED
    }

    public MetadataRegister(Versioned<LedgerMetadata> current, Consumer<Effect<MetadataRequests>> effects) {
        this.current = current;
        this.effects = effects;
    }

    /** What the store held when it last answered. */
    public Versioned<LedgerMetadata> current() {
        return current;
    }

    /** True while an operation is under way; then nothing else may be asked. */
    public boolean isBusy() {
        return reading || proposed.isPresent();
    }

    /**
     * True while a proposal may still be accepted although the record that was read since does not show it, as when it
     * waits in a server that the connection was lost to. Any successful swap ends the doubt.
     */
    public boolean isDoubtful() {
        return doubt.isPresent() && doubt.getAsLong() >= current.version();
    }

    /** Proposes a successor of {@link #current}. */
    public void swap(LedgerMetadata next) {
        Invariant.check(!isBusy(), "one metadata operation at a time");
        Invariant.check(next.state().compareTo(current.value().state()) >= 0, "the state of a ledger never goes back");
        proposed = Optional.of(next);
        effects.accept(new SwapMetadata(next, current.version()));
    }

    public void refresh() {
        Invariant.check(!isBusy(), "one metadata operation at a time");
        reading = true;
        effects.accept(new ReadMetadata());
    }

    public Progress onSwapped(SwapReply reply) {
        if (proposed.isEmpty()) {
            return Progress.WAIT;
        }
        LedgerMetadata written = proposed.get();
        proposed = Optional.empty();
        if (reply instanceof SwapReply.Swapped swapped) {
            current = new Versioned<>(written, swapped.version());
            lostSwaps = 0;
            return Progress.DECIDE;
        }
        if (reply instanceof SwapReply.Gone) {
            return Progress.GONE;
        }
        if (reply instanceof SwapReply.Failed failed) {
            return fail(failed.detail());
        }
        if (reply instanceof SwapReply.Unknown) {
            doubt = OptionalLong.of(current.version());
        }
        lostSwaps++;
        if (lostSwaps > LOST_SWAPS_MAX) {
            return fail("the metadata service did not settle " + lostSwaps + " updates in a row");
        }
        refresh();
        return Progress.WAIT;
    }

    public Progress onRead(MetadataReply reply) {
        if (!reading) {
            return Progress.WAIT;
        }
        reading = false;
        if (reply instanceof MetadataReply.Found found) {
            if (found.record().version() >= current.version()) {
                current = found.record();
            }
            // An older version is a lagging replica of the store. Deciding on what is known is safe: a swap will tell.
            return Progress.DECIDE;
        }
        if (reply instanceof MetadataReply.Failed failed) {
            return fail(failed.detail());
        }
        return Progress.GONE;
    }

    private Progress fail(String detail) {
        failure = detail;
        lostSwaps = 0;
        return Progress.FAILED;
    }

    /** One sentence for a person; meaningful after {@link Progress#FAILED}. */
    public String failure() {
        return failure;
    }
}
