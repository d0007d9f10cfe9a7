package dev.daybook.server.limbo;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore.HeldLock;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.shard.LimboLedgers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Puts in limbo what may have been lost: every ledger that metadata place on this bookie or that it still knows, as far
 * as the doubt covers it. A ledger that is locked for repair counts as well: copies may have been made here that metadata
 * are to name only now. Runs before the bookie registers or answers anybody. A ledger that is created later is not listed,
 * and nothing of it can have been lost. Source: auto-recovery specification, section 8.2. Blocks.
 */
public final class LimboCheck {
    private static final byte[] KEY_UNKNOWN = {};
    private static final int PAGE = 10_000;
    private static final int READ_AT_ONCE = 500;

    private final MetadataStore metadata;
    private final BookieId self;
    private final Doubt doubt;
    private final LimboLedgers limbo;
    private final List<CompletableFuture<Boolean>> begun = new ArrayList<>();
    private Set<LedgerId> underRepair = Set.of();

    public LimboCheck(MetadataStore metadata, BookieId self, Doubt doubt, LimboLedgers limbo) {
        this.metadata = metadata;
        this.self = self;
        this.doubt = doubt;
        this.limbo = limbo;
    }

    /**
     * @param known ids of the ledgers that the bookie still knows
     * @return how many ledgers were put in limbo, durably
     * @throws IOException if that failed
     * @throws CompletionException when the metadata service does not answer; nothing is trusted then
     */
    public int run(long[] known) throws IOException {
        // Before any metadata: who gives a lock back has stored before which copies it has made.
        underRepair =
                join(metadata.repairs().locks()).stream().map(HeldLock::ledger).collect(Collectors.toSet());
        Set<Long> done = new HashSet<>();
        Optional<LedgerId> after = Optional.empty();
        while (true) {
            List<LedgerId> page = join(metadata.ledgers(after, PAGE));
            if (page.isEmpty()) {
                break;
            }
            for (int from = 0; from < page.size(); from += READ_AT_ONCE) {
                check(page.subList(from, Math.min(page.size(), from + READ_AT_ONCE)), done);
            }
            after = Optional.of(page.get(page.size() - 1));
        }
        for (long ledgerId : known) {
            if (doubt.covers(ledgerId) && done.add(ledgerId)) {
                begun.add(limbo.begin(ledgerId, KEY_UNKNOWN));
            }
        }
        awaitBegun();
        return done.size();
    }

    private void check(List<LedgerId> ledgers, Set<Long> done) throws IOException {
        List<LedgerId> covered =
                ledgers.stream().filter(id -> doubt.covers(id.value())).toList();
        List<CompletableFuture<Optional<byte[]>>> keys =
                covered.stream().map(this::keyIfHere).toList();
        for (int i = 0; i < covered.size(); i++) {
            long ledgerId = covered.get(i).value();
            Optional<byte[]> key = join(keys.get(i));
            if (key.isPresent() && done.add(ledgerId)) {
                begun.add(limbo.begin(ledgerId, key.get()));
            }
        }
        awaitBegun();
    }

    /** The master key of a ledger that this bookie has, or may have, a part of. */
    private CompletableFuture<Optional<byte[]>> keyIfHere(LedgerId ledger) {
        return metadata.read(ledger)
                .thenApply(stored -> stored.map(Versioned::value)
                        .filter(found -> isHere(ledger, found))
                        .map(LimboCheck::masterKey))
                .exceptionally(LimboCheck::keyOfUnreadable)
                .toCompletableFuture();
    }

    private boolean isHere(LedgerId id, LedgerMetadata ledger) {
        return underRepair.contains(id)
                || ledger.fragments().stream()
                        .anyMatch(fragment -> fragment.ensemble().contains(self));
    }

    private static byte[] masterKey(LedgerMetadata ledger) {
        return ledger.credentials()
                .map(credentials -> LedgerKeys.masterKey(credentials.password()))
                .orElse(KEY_UNKNOWN);
    }

    /** Metadata that cannot be understood may name any bookie. */
    private static Optional<byte[]> keyOfUnreadable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LedgerException e && e.reason() == LedgerException.Reason.METADATA_CORRUPT) {
            return Optional.of(KEY_UNKNOWN);
        }
        throw new CompletionException(cause);
    }

    private void awaitBegun() throws IOException {
        for (CompletableFuture<Boolean> each : begun) {
            if (!each.join()) {
                throw new IOException("the journal could not be written");
            }
        }
        begun.clear();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
