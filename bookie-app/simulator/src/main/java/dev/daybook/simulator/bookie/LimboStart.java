package dev.daybook.simulator.bookie;

import dev.daybook.engine.ledger.Doubt;
import dev.daybook.engine.request.Verdict;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.server.shard.ScheduledBookie;
import dev.daybook.simulator.check.BookieTruth;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.BrokenRule;
import java.util.Set;
import java.util.TreeSet;

/** Puts every ledger in limbo of which a bookie may have lost something, before it answers anybody. */
final class LimboStart {
    private static final byte[] KEY_UNKNOWN = {};

    private final BookieId id;
    private final MetadataService metadata;
    private final BookieTruth truth;

    LimboStart(BookieId id, MetadataService metadata, BookieTruth truth) {
        this.id = id;
        this.metadata = metadata;
        this.truth = truth;
    }

    /** @param whenDone called when all of it is durable */
    void run(ScheduledBookie bookie, Doubt doubt, Runnable whenDone) {
        Set<Long> concerned = new TreeSet<>();
        for (long ledgerId : metadata.ledgerIds()) {
            if (doubt.covers(ledgerId) && isHere(metadata.stored(ledgerId).orElseThrow())) {
                concerned.add(ledgerId);
            }
        }
        bookie.livingLedgers().stream().filter(doubt::covers).forEach(concerned::add);
        truth.inLimbo(concerned, doubt::covers);
        if (concerned.isEmpty()) {
            whenDone.run();
            return;
        }
        Set<Long> open = new TreeSet<>(concerned);
        for (long ledgerId : concerned) {
            bookie.putInLimbo(ledgerId, keyOf(ledgerId), verdict -> {
                BrokenRule.require(verdict == Verdict.OK, "I12", ledgerId, "limbo is durable on " + id);
                open.remove(ledgerId);
                if (open.isEmpty()) {
                    whenDone.run();
                }
            });
        }
    }

    private boolean isHere(LedgerMetadata ledger) {
        return ledger.fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(id));
    }

    private byte[] keyOf(long ledgerId) {
        return metadata.stored(ledgerId)
                .flatMap(LedgerMetadata::credentials)
                .map(credentials -> LedgerKeys.masterKey(credentials.password()))
                .orElse(KEY_UNKNOWN);
    }
}
