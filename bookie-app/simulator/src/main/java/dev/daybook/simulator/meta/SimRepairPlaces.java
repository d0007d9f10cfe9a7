package dev.daybook.simulator.meta;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.RepairChange;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.client.meta.repair.RepairPlaces;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What repair keeps in the metadata service, as one client reaches it: a request without an answer is sent again. */
final class SimRepairPlaces implements RepairPlaces {
    private static final int ATTEMPTS_MAX = 3;

    /** How often a client goes on asking. */
    private static final int PATIENT_PERCENT = 50;

    private static final long GATHER_TICKS = 5;

    private final MetadataService service;
    private final Session session;
    private final Futures futures;

    SimRepairPlaces(MetadataService service, Session session, Futures futures) {
        this.service = service;
        this.session = session;
        this.futures = futures;
    }

    /** @param repeated takes the answer if an earlier attempt may have done it already */
    private <T> CompletableFuture<T> ask(
            String what, Supplier<T> action, BiConsumer<CompletableFuture<T>, T> repeated) {
        CompletableFuture<T> future = futures.make();
        int attempts = service.world().dice().chance(PATIENT_PERCENT) ? ATTEMPTS_MAX : 1;
        attempt(what, session.number(), attempts, action, future, CompletableFuture::complete, repeated);
        return future;
    }

    private <T> CompletableFuture<T> ask(String what, Supplier<T> action) {
        return ask(what, action, CompletableFuture::complete);
    }

    private <T> void attempt(
            String what,
            long number,
            int attemptsLeft,
            Supplier<T> action,
            CompletableFuture<T> future,
            BiConsumer<CompletableFuture<T>, T> heard,
            BiConsumer<CompletableFuture<T>, T> repeated) {
        long request = session.nextRequest();
        boolean[] givenUp = new boolean[1];
        Supplier<Optional<T>> inSession =
                () -> service.desk().admits(number, request, givenUp[0]) ? Optional.of(action.get()) : Optional.empty();
        service.perform(what, session.client(), inSession, Optional::<T>empty, answer -> {
            givenUp[0] = answer.isEmpty();
            if (answer.isPresent()) {
                heard.accept(future, answer.get());
            } else if (attemptsLeft > 1 && number == session.number()) {
                attempt(what, number, attemptsLeft - 1, action, future, repeated, repeated);
            } else {
                future.completeExceptionally(
                        new LedgerException(LedgerException.Reason.METADATA_UNAVAILABLE, "No answer to " + what + "."));
            }
        });
    }

    @Override
    public CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place) {
        return ask("read place", () -> service.desk().read(place, name()));
    }

    private String name() {
        return session.client().name();
    }

    @Override
    public CompletableFuture<Outcome> change(RepairChange change) {
        long number = session.number();
        return ask(
                "change place",
                () -> service.desk().change(change, number, name()),
                (future, outcome) -> future.complete(outcome == Outcome.CONFLICT ? Outcome.UNKNOWN : outcome));
    }

    @Override
    public Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {
        Telling telling = new Telling(() -> listener.accept(service.desk().value(place)));
        service.desk().onPlacesChanged(changed -> {
            if (changed.equals(place)) {
                telling.run();
            }
        });
        telling.run();
        return telling;
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit) {
        return ask("list marks", () -> service.desk().marks(after));
    }

    @Override
    public Subscription watchMarks(Runnable listener) {
        Telling telling = new Telling(listener);
        service.desk().onWorkChanged(telling);
        telling.run();
        return telling;
    }

    @Override
    public CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder) {
        long number = session.number();
        return ask("take lock", () -> service.desk().takeLock(ledger, holder, number, name()));
    }

    @Override
    public CompletableFuture<Void> giveBackLock(LedgerId ledger) {
        long number = session.number();
        return ask("give lock back", () -> {
                    service.desk().giveBackLock(ledger, number, name());
                    return true;
                })
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> locks() {
        return ask("list locks", () -> new TreeMap<>(service.desk().locks()));
    }

    @Override
    public CompletableFuture<Void> post(String name, byte[] notice) {
        long number = session.number();
        return ask("post notice", () -> {
                    service.desk().post(name, notice, number);
                    return true;
                })
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<SortedMap<String, byte[]>> notices() {
        return ask("list notices", () -> new TreeMap<>(service.desk().notices()));
    }

    /** Tells of changes a little late, and of several at once only one time. */
    private final class Telling implements Runnable, Subscription {
        private final Runnable listener;
        private boolean gathering;
        private boolean closed;

        Telling(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            if (!gathering && !closed) {
                gathering = true;
                service.world()
                        .after(
                                GATHER_TICKS + service.delay(),
                                () -> session.client().act(() -> {
                                    gathering = false;
                                    if (!closed) {
                                        listener.run();
                                    }
                                }));
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
