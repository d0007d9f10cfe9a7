package dev.daybook.client.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.Samples;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Several clients that change the same few names at once and are killed between any two of their calls. A seed decides whose
 * call comes next; {@code -Ddaybook.names.seed=N} runs one.
 */
class NamesRaceTest {
    private static final int CLIENTS = 4;
    private static final int LEDGERS = 3;
    private static final Set<Reason> EXPECTED = Set.of(
            Reason.NO_SUCH_NAME,
            Reason.NAME_EXISTS,
            Reason.METADATA_CONFLICT,
            Reason.NO_SUCH_LEDGER,
            Reason.BAD_ARGUMENT);

    @Test
    void countsAgreeWithNamesWhateverTheOrder() {
        long only = Long.getLong("daybook.names.seed", -1);
        int done = 0;
        for (long seed = Math.max(0, only); seed < (only < 0 ? 1_500 : only + 1); seed++) {
            try {
                done += new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails; run it with -Ddaybook.names.seed=" + seed, e);
            }
        }
        assertThat(done).as("operations that succeed").isPositive();
    }

    private static final class Run {
        private final Random dice;
        private final InMemoryMetadataStore store = new InMemoryMetadataStore();
        private final List<Runnable> events = new ArrayList<>();
        private int deletions;
        private final boolean kills;
        private int succeeded;

        Run(long seed) {
            dice = new Random(seed);
            kills = dice.nextBoolean();
        }

        int run() {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client());
            }
            for (int i = 0; i < 60; i++) {
                Client client = clients.get(dice.nextInt(CLIENTS));
                if (client.dead) {
                    clients.set(clients.indexOf(client), new Client());
                } else {
                    client.act();
                }
                for (int steps = dice.nextInt(6); steps > 0; steps--) {
                    step();
                }
            }
            while (!events.isEmpty()) {
                step();
            }
            verify();
            return succeeded;
        }

        private void step() {
            if (!events.isEmpty()) {
                events.remove(dice.nextInt(events.size())).run();
            }
        }

        private void verify() {
            RecordNames names = new RecordNames(store.records(), this::delete, Runnable::run, dice::nextLong);
            Samples.get(names.sweep());
            Map<String, Long> counted = new TreeMap<>();
            for (NamedLedger name : Samples.get(names.list("", Optional.empty(), 100))) {
                counted.merge(name.ledger().toString(), 1L, Long::sum);
            }
            Map<String, Long> stored = new TreeMap<>();
            for (String ledger : Samples.get(store.records().list(RecordNames.COUNTS, "", Optional.empty(), 100))) {
                byte[] bytes = Samples.get(store.records().read(new RecordKey(RecordNames.COUNTS, ledger)))
                        .orElseThrow()
                        .value();
                stored.put(ledger, NameFormat.parseCount(LedgerId.parse(ledger), bytes));
            }
            assertThat(stored).isEqualTo(counted);
        }

        /** A ledger that is deleted has no name then. Later it may get one: names do not look whether a ledger exists. */
        private CompletionStage<Void> delete(LedgerId ledger) {
            RecordNames names = new RecordNames(store.records(), this::delete, Runnable::run, dice::nextLong);
            assertThat(Samples.get(names.list("", Optional.empty(), 100)))
                    .extracting(NamedLedger::ledger)
                    .doesNotContain(ledger);
            deletions++;
            return CompletableFuture.completedFuture(null);
        }

        /** One operation at a time; each of its calls is an event that anybody else's may overtake. */
        private final class Client implements RecordStore {
            private final RecordStore records = store.another().records();
            private final RecordNames names = new RecordNames(
                    this,
                    id -> call(() -> Run.this.delete(id).toCompletableFuture().join()),
                    Runnable::run,
                    dice::nextLong);
            private boolean busy;
            private boolean dead;

            void act() {
                if (busy) {
                    return;
                }
                busy = true;
                String one = "/" + dice.nextInt(4);
                String other = "/" + dice.nextInt(4);
                LedgerId ledger = new LedgerId(dice.nextInt(LEDGERS) + 1_000L * deletions);
                CompletionStage<?> operation = switch (dice.nextInt(7)) {
                    case 0, 1 -> names.create(one, ledger);
                    case 2 -> names.link(one, other);
                    case 3 -> names.rename(one, other);
                    case 4 -> names.remove(one);
                    case 5 -> names.removeWithLedger(one);
                    default -> replace(one, other);
                };
                operation.whenComplete((result, failure) -> {
                    busy = false;
                    if (failure == null) {
                        succeeded++;
                    } else {
                        assertExpected(failure);
                    }
                });
            }

            private CompletionStage<?> replace(String one, String other) {
                return names.find(other)
                        .thenCompose(found -> found.isEmpty()
                                ? names.create(other, new LedgerId(1_000L * deletions))
                                : names.renameOver(one, other, found.get().ledger()));
            }

            private void assertExpected(Throwable failure) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                events.add(() -> assertThat(cause)
                        .isInstanceOfSatisfying(
                                LedgerException.class,
                                known -> assertThat(EXPECTED)
                                        .as(known.getMessage())
                                        .contains(known.reason())));
            }

            private <T> CompletableFuture<T> call(Supplier<T> effect) {
                CompletableFuture<T> answer = new CompletableFuture<>();
                if (kills && dice.nextInt(25) == 0) {
                    dead = true;
                }
                if (!dead) {
                    events.add(() -> {
                        T result = effect.get();
                        events.add(() -> {
                            if (!dead) {
                                answer.complete(result);
                            }
                        });
                    });
                }
                return answer;
            }

            @Override
            public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
                return call(() -> Samples.get(records.read(key)));
            }

            @Override
            public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
                return call(() -> {
                    boolean lost = dice.nextInt(10) == 0;
                    if (lost && dice.nextBoolean()) {
                        return new CommitOutcome.Unknown();
                    }
                    CommitOutcome outcome = Samples.get(records.commit(changes));
                    return lost ? new CommitOutcome.Unknown() : outcome;
                });
            }

            @Override
            public CompletionStage<List<String>> list(
                    String namespace, String prefix, Optional<String> after, int limit) {
                return call(() -> Samples.get(records.list(namespace, prefix, after, limit)));
            }

            @Override
            public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
                return records.watch(key, listener);
            }
        }
    }
}
