package dev.daybook.core.sim;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** The record of one ledger with compare-and-swap. Answers may be lost; a lost swap may happen, never, or later. */
final class SimMetadataStore {
    private final World world;
    private Versioned<LedgerMetadata> stored;

    SimMetadataStore(World world, LedgerMetadata created) {
        this.world = world;
        this.stored = new Versioned<>(created, 0);
    }

    Versioned<LedgerMetadata> stored() {
        return stored;
    }

    void swap(String who, SwapMetadata swap, Consumer<SwapReply> reply) {
        if (world.dice.chance(world.mix.lostSwapPercent())) {
            boolean happens = world.dice.chance(60);
            if (happens) {
                world.after(delay() * (1 + world.dice.below(3)), () -> apply(who, swap));
            }
            world.after(delay(), () -> reply.accept(new SwapReply.Unknown()));
            return;
        }
        world.after(delay(), () -> {
            SwapReply answer = apply(who, swap);
            world.after(delay(), () -> reply.accept(answer));
        });
    }

    void read(Consumer<MetadataReply> reply) {
        world.after(delay(), () -> {
            MetadataReply answer = new MetadataReply.Found(stored);
            world.after(delay(), () -> reply.accept(answer));
        });
    }

    private long delay() {
        return 1L + world.dice.below(world.mix.metadataDelayMax());
    }

    private SwapReply apply(String who, SwapMetadata swap) {
        if (swap.expectedVersion() != stored.version()) {
            return new SwapReply.Conflict();
        }
        check(stored.value(), swap.metadata());
        stored = new Versioned<>(swap.metadata(), stored.version() + 1);
        world.log(who + " stores v" + stored.version() + " " + swap.metadata().state() + " "
                + swap.metadata().fragments() + " " + swap.metadata().end());
        return new SwapReply.Swapped(stored.version());
    }

    private static void check(LedgerMetadata before, LedgerMetadata after) {
        World.require(before.state() != LedgerState.CLOSED, "a closed record never changes");
        World.require(after.state().compareTo(before.state()) >= 0, "the state never goes back");
        World.require(
                before.state() == LedgerState.OPEN || after.state() == LedgerState.CLOSED,
                "a ledger in recovery changes once, to closed");
        World.require(
                after.quorum().equals(before.quorum()) && after.credentials().equals(before.credentials()),
                "constants of a ledger never change");
        List<Fragment> old = before.fragments();
        World.require(
                after.fragments().size() >= old.size()
                        && after.fragments().subList(0, old.size() - 1).equals(old.subList(0, old.size() - 1)),
                "only the last fragment changes");
        World.require(
                after.fragments().get(old.size() - 1).firstEntryId()
                        == before.lastFragment().firstEntryId(),
                "a fragment keeps its first entry");
        for (Fragment fragment : after.fragments()) {
            World.require(
                    new HashSet<>(fragment.ensemble()).size()
                            == fragment.ensemble().size(),
                    "an ensemble has distinct members");
        }
    }
}
