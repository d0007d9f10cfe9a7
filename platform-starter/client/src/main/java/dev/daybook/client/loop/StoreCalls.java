package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.SwapOutcome;
import dev.daybook.client.net.NetworkLoop;
import dev.daybook.client.net.Timer;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Performs the metadata effects of cores: every question is answered once, on the loop, within a deadline. */
final class StoreCalls {
    /** The store has the deadline too; this one only makes sure of it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final NetworkLoop loop;
    private final MetadataStore store;
    private final Duration deadline;

    StoreCalls(NetworkLoop loop, MetadataStore store, Duration timeout) {
        this.loop = loop;
        this.store = store;
        this.deadline = timeout.plus(GRACE);
    }

    /** A write that failed counts as unknown: the store cannot tell whether it arrived. */
    void swap(long ledgerId, SwapMetadata effect, Consumer<SwapReply> reply) {
        ask(
                () -> store.swap(LedgerLoop.idOf(ledgerId), effect.metadata(), effect.expectedVersion()),
                StoreCalls::replyOf,
                failure -> new SwapReply.Unknown(),
                reply);
    }

    private static SwapReply replyOf(SwapOutcome outcome) {
        if (outcome instanceof SwapOutcome.Swapped swapped) {
            return new SwapReply.Swapped(swapped.version());
        } else if (outcome instanceof SwapOutcome.Conflict) {
            return new SwapReply.Conflict();
        } else if (outcome instanceof SwapOutcome.NoSuchLedger) {
            return new SwapReply.Gone();
        }
        return new SwapReply.Unknown();
    }

    void read(long ledgerId, Consumer<MetadataReply> reply) {
        ask(
                () -> store.read(LedgerLoop.idOf(ledgerId)),
                StoreCalls::replyOf,
                failure -> new MetadataReply.Failed(Failures.sentenceOf(failure)),
                reply);
    }

    private static MetadataReply replyOf(Optional<Versioned<LedgerMetadata>> record) {
        return record.<MetadataReply>map(MetadataReply.Found::new).orElseGet(MetadataReply.Gone::new);
    }

    /** @param whenDone told why it failed, or nothing */
    void markUnderReplicated(long ledgerId, Set<BookieId> missing, Consumer<Optional<Throwable>> whenDone) {
        ask(
                () -> store.repairs().mark(LedgerLoop.idOf(ledgerId), missing),
                done -> Optional.<Throwable>empty(),
                Optional::of,
                whenDone);
    }

    private <T, R> void ask(
            Supplier<CompletionStage<T>> question,
            Function<T, R> answered,
            Function<Throwable, R> failed,
            Consumer<R> reply) {
        OneReply<R> one = new OneReply<>(reply);
        one.guard = loop.schedule(() -> one.end(failed.apply(overdue())), deadline);
        Failures.staged(question)
                .whenComplete((answer, failure) ->
                        loop.execute(() -> one.end(failure == null ? answered.apply(answer) : failed.apply(failure))));
    }

    private static LedgerException overdue() {
        return new LedgerException(LedgerException.Reason.TIMEOUT, "The metadata service did not answer in time");
    }

    /** Lets the first of answer and deadline through. */
    private static final class OneReply<R> {
        private final Consumer<R> reply;
        private @Nullable Timer guard;
        private boolean ended;

        OneReply(Consumer<R> reply) {
            this.reply = reply;
        }

        void end(R result) {
            if (ended) {
                return;
            }
            ended = true;
            if (guard != null) {
                guard.cancel();
            }
            reply.accept(result);
        }
    }
}
