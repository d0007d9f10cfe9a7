package dev.daybook.server.garbage;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** The ledgers of the cluster. A page of the listing that fails, or is out of order, makes the whole listing fail. */
public final class ClusterLedgers implements LedgersInMetadata {
    private static final int PAGE = 10_000;

    /** The metadata port has deadlines of its own; this one only keeps a defect of it from stopping us for ever. */
    private static final long ANSWER_MINUTES_MAX = 10;

    private final MetadataStore metadata;
    private final BookieId bookie;
    private final String host;
    private final Optional<String> instance;

    /**
     * @param host whom others see as the holder of a lock
     * @param instance of the cluster that this bookie's cookie belongs to
     */
    public ClusterLedgers(MetadataStore metadata, BookieId bookie, String host, Optional<String> instance) {
        this.metadata = metadata;
        this.bookie = bookie;
        this.host = host;
        this.instance = instance;
    }

    @Override
    public boolean isOurCluster() throws IOException {
        return await(metadata.instanceId()).equals(instance);
    }

    @Override
    public void forEach(LongConsumer ledgers) throws IOException {
        long last = Long.MIN_VALUE;
        Optional<LedgerId> after = Optional.empty();
        while (true) {
            List<LedgerId> page = await(metadata.ledgers(after, PAGE));
            if (page.isEmpty()) {
                return;
            }
            for (LedgerId ledger : page) {
                if (ledger.value() <= last) {
                    throw new IOException("the metadata service listed ledger " + ledger + " behind ledger " + last);
                }
                last = ledger.value();
                ledgers.accept(last);
            }
            after = Optional.of(page.get(page.size() - 1));
        }
    }

    @Override
    public Standing standingOf(long ledgerId) throws IOException {
        return await(metadata.read(new LedgerId(ledgerId)))
                .map(record -> standingOf(record.value()))
                .orElse(Standing.GONE);
    }

    private Standing standingOf(LedgerMetadata ledger) {
        boolean here = ledger.fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
        if (here) {
            return Standing.HERE;
        }
        return ledger.state() == LedgerState.CLOSED ? Standing.ELSEWHERE : Standing.UNSETTLED;
    }

    @Override
    public Optional<Lock> lock(long ledgerId) throws IOException {
        return await(metadata.repairs().lock(new LedgerId(ledgerId), host)).map(taken -> () -> await(taken.release()));
    }

    @Override
    public void settleLocks() {
        metadata.repairs().settleLocks();
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(ANSWER_MINUTES_MAX, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("The metadata service did not answer (" + cause.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Asking the metadata service was interrupted.", e);
        }
    }
}
