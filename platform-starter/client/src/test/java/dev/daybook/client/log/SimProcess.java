package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A process with logs: it can be killed before or after any of its calls takes effect, and stand still for a while. */
final class SimProcess implements LogLedgers, RecordStore {
    private final SimWorld world;
    final String name;
    private final RecordStore records;
    private final List<Runnable> held = new ArrayList<>();
    private boolean dead;
    private boolean paused;

    /** Calls so far, and the one at which something happens to the process. */
    long calls;

    long fateAtCall = -1;
    Fate fate = Fate.DIE_BEFORE;

    enum Fate {
        DIE_BEFORE,
        DIE_AFTER,
        PAUSE_BEFORE
    }

    SimProcess(SimWorld world, String name) {
        this.world = world;
        this.name = name;
        this.records = world.session().records();
    }

    NamedLogs logs() {
        return new ChainLogs(new LogPorts(
                this,
                this,
                task -> schedule(this, task),
                Runnable::run,
                () -> false,
                () -> world.nowMillis,
                world.dice::nextLong,
                (task, millis) -> schedule(new Object(), task)));
    }

    void kill() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    void pause() {
        paused = true;
    }

    boolean isPaused() {
        return paused;
    }

    void resume() {
        paused = false;
        fateAtCall = -1;
        List<Runnable> due = List.copyOf(held);
        held.clear();
        due.forEach(Runnable::run);
    }

    private void schedule(Object lane, Runnable task) {
        world.later(lane, () -> live(() -> schedule(lane, task), task));
    }

    /** What reaches a paused process waits; a dead one hears nothing. */
    private void live(Runnable again, Runnable task) {
        if (paused) {
            held.add(again);
        } else if (!dead) {
            task.run();
        }
    }

    /** A call: it arrives some time, takes effect, and its answer arrives some time later. */
    <T> CompletableFuture<T> call(Object lane, Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long number = ++calls;
        if (number == fateAtCall) {
            if (fate == Fate.DIE_BEFORE) {
                dead = true;
            } else if (fate == Fate.PAUSE_BEFORE) {
                paused = true;
                held.add(() -> arrive(lane, effect, answer));
                return answer;
            }
        }
        if (!dead) {
            arrive(lane, effect, answer);
        }
        if (number == fateAtCall && fate == Fate.DIE_AFTER) {
            dead = true;
        }
        return answer;
    }

    /** A call that is answered as soon as the ledger is such that there is an answer. */
    <T> CompletableFuture<T> callWhen(SimLedger ledger, Supplier<Optional<T>> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = call(ledger, () -> {
            answerWhen(ledger, effect, answer);
            return true;
        });
        return answer;
    }

    private <T> void answerWhen(SimLedger ledger, Supplier<Optional<T>> effect, CompletableFuture<T> answer) {
        try {
            Optional<T> result = effect.get();
            if (result.isPresent()) {
                reply(new Object(), () -> answer.complete(result.get()));
            } else {
                ledger.onChange(() -> answerWhen(ledger, effect, answer));
            }
        } catch (LedgerException e) {
            reply(new Object(), () -> answer.completeExceptionally(e));
        }
    }

    private <T> void arrive(Object lane, Supplier<T> effect, CompletableFuture<T> answer) {
        world.later(lane, () -> {
            Runnable tell;
            try {
                T result = effect.get();
                tell = () -> answer.complete(result);
            } catch (LedgerException e) {
                tell = () -> answer.completeExceptionally(e);
            }
            reply(lane, tell);
        });
    }

    private void reply(Object lane, Runnable tell) {
        Object replies = lane instanceof SimHandle handle ? handle.replies : new Object();
        world.later(replies, () -> live(() -> reply(lane, tell), tell));
    }

    private void mayBeUnavailable() {
        if (world.chance(world.unavailablePercent)) {
            throw new LedgerException(Reason.METADATA_UNAVAILABLE, "simulated outage");
        }
    }

    @Override
    public CompletionStage<LedgerId> newId() {
        return call(new Object(), () -> new LedgerId(world.nextId++));
    }

    @Override
    public CompletionStage<AppendLedger> create(LedgerId id, LedgerSpec spec) {
        return call(new Object(), () -> {
            mayBeUnavailable();
            if (world.ledgers.containsKey(id)) {
                throw new LedgerException(Reason.LEDGER_EXISTS, "ledger " + id + " exists");
            }
            SimLedger ledger = new SimLedger(id, spec);
            world.ledgers.put(id, ledger);
            if (world.chance(world.unavailablePercent)) {
                throw new LedgerException(Reason.METADATA_UNAVAILABLE, "simulated lost answer");
            }
            return new SimHandle(world, this, ledger);
        });
    }

    @Override
    public CompletionStage<ReadLedger> open(LedgerId id, LedgerPassword password) {
        return call(new Object(), () -> new SimReading(this, world, find(id, true)));
    }

    private SimLedger find(LedgerId id, boolean reading) {
        mayBeUnavailable();
        SimLedger ledger = world.ledgers.get(id);
        if (ledger == null) {
            throw new LedgerException(Reason.NO_SUCH_LEDGER, "no ledger " + id + (reading ? " to read" : ""));
        }
        return ledger;
    }

    @Override
    public CompletionStage<ReadLedger> openWithRecovery(LedgerId id, LedgerPassword password) {
        return call(new Object(), () -> {
            SimLedger ledger = find(id, false);
            ledger.recover();
            return new SimReading(this, world, ledger);
        });
    }

    @Override
    public CompletionStage<Void> delete(LedgerId id) {
        return call(new Object(), () -> {
            mayBeUnavailable();
            SimLedger removed = world.ledgers.remove(id);
            if (removed != null) {
                removed.changed();
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<LedgerMetadata>> find(LedgerId id) {
        return call(new Object(), () -> {
            mayBeUnavailable();
            return Optional.ofNullable(world.ledgers.get(id)).map(SimLedger::metadata);
        });
    }

    @Override
    public CompletionStage<List<LedgerId>> list(Optional<LedgerId> after, int limit) {
        return call(
                new Object(),
                () -> world.ledgers.keySet().stream()
                        .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                        .limit(limit)
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
        return call(new Object(), () -> {
            mayBeUnavailable();
            return records.read(key).toCompletableFuture().join();
        });
    }

    @Override
    public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
        return call(new Object(), () -> {
            boolean unknown = world.chance(world.unknownPercent);
            if (unknown && world.dice.nextBoolean()) {
                return new CommitOutcome.Unknown();
            }
            CommitOutcome outcome =
                    records.commit(changes).toCompletableFuture().join();
            return unknown ? new CommitOutcome.Unknown() : outcome;
        });
    }

    @Override
    public CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit) {
        return records.list(namespace, prefix, after, limit);
    }

    @Override
    public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
        return records.watch(key, found -> schedule(listener, () -> listener.accept(found)));
    }
}
