package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.client.meta.repair.RepairChange;
import dev.daybook.client.meta.repair.RepairChange.Expected;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.client.meta.repair.RepairPlaces;
import dev.daybook.client.meta.repair.WorkNews;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What repair keeps in etcd. A version is the revision of the key's last change. */
final class RepairKeys implements RepairPlaces {
    /** Keys of one answer, so that it stays far below what a message may have. */
    private static final int ANSWER_KEYS_MAX = 10_000;

    private final Keyspace keyspace;
    private final EtcdKeys keys;
    private final LeasedKeys leased;

    RepairKeys(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
        this.leased = new LeasedKeys(keyspace);
    }

    private <T> CompletableFuture<T> clean(CompletableFuture<T> stage) {
        return keyspace.session().withPublicFailures(stage);
    }

    private String key(RepairPlace place) {
        return place instanceof RepairPlace.Mark mark
                ? keys.mark(mark.ledger())
                : keys.repair(((RepairPlace.Single) place).placeName());
    }

    @Override
    public CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place) {
        return clean(keyspace.get(key(place)).thenApply(found -> found.map(EtcdRecords::toRecord)));
    }

    @Override
    public CompletableFuture<Outcome> change(RepairChange change) {
        String key = key(change.place());
        TxnRequest.Builder transaction = TxnRequest.newBuilder();
        change.term()
                .ifPresent(vote -> transaction
                        .addCompare(Keyspace.created(vote.place(), vote.epoch()))
                        .addFailure(Keyspace.read(vote.place())));
        if (change.expected() instanceof Expected.Version expected) {
            transaction.addCompare(Keyspace.unchanged(key, expected.version()));
        } else if (change.expected() instanceof Expected.Nothing) {
            transaction.addCompare(Keyspace.absent(key));
        }
        transaction.addSuccess(change.bytes()
                .map(bytes -> Keyspace.put(key, bytes, Keyspace.NO_LEASE))
                .orElseGet(() -> Keyspace.delete(key)));
        return clean(keyspace.transact(transaction.build()).thenApply(reply -> outcomeOf(change, reply)));
    }

    private static Outcome outcomeOf(RepairChange change, EtcdReply<TxnResponse> reply) {
        TxnResponse response = reply.value();
        if (response.getSucceeded()) {
            boolean changed = change.bytes().isPresent()
                    || response.getResponses(0).getResponseDeleteRange().getDeleted() > 0;
            return changed ? Outcome.CHANGED : conflict(reply);
        }
        Optional<Vote> term = change.term();
        boolean over = term.isPresent()
                && Keyspace.found(response)
                        .filter(vote -> vote.getCreateRevision() == term.get().epoch())
                        .isEmpty();
        return over ? Outcome.TERM_OVER : conflict(reply);
    }

    private static Outcome conflict(EtcdReply<TxnResponse> reply) {
        return reply.repeated() ? Outcome.UNKNOWN : Outcome.CONFLICT;
    }

    @Override
    public Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {
        return KeyWatch.start(keyspace, key(place), EtcdRecords::toRecord, listener);
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit) {
        if (after.isPresent() && after.get().value() == Long.MAX_VALUE) {
            return CompletableFuture.completedFuture(new TreeMap<>());
        }
        RangeRequest marks = RangeRequest.newBuilder()
                .setKey(Keyspace.bytes(keys.marksAfter(after)))
                .setRangeEnd(Keyspace.bytes(keys.marksEnd()))
                .setLimit(Math.min(limit, ANSWER_KEYS_MAX))
                .build();
        return clean(keyspace.range(marks).thenApply(response -> byLedger(keys.marks(), response.getKvsList())));
    }

    private static SortedMap<LedgerId, byte[]> byLedger(String prefix, List<KeyValue> entries) {
        SortedMap<LedgerId, byte[]> found = new TreeMap<>();
        for (KeyValue entry : entries) {
            EtcdKeys.ledgerAt(prefix, Keyspace.text(entry))
                    .ifPresent(ledger -> found.put(ledger, entry.getValue().toByteArray()));
        }
        return found;
    }

    @Override
    public Subscription watchMarks(Runnable listener) {
        WorkNews news = new WorkNews(keyspace.session().loop(), listener);
        RangeWatch.Listener both = new RangeWatch.Listener() {
            @Override
            public void onRead(List<KeyValue> entries, long revision) {
                news.tellSoon();
            }

            @Override
            public void onEvents(List<Event> events) {
                news.tellSoon();
            }
        };
        RangeWatch marks = RangeWatch.ofChangesBelow(keyspace, keys.marks(), both);
        RangeWatch locks = RangeWatch.ofChangesBelow(keyspace, keys.locks(), both);
        marks.start();
        locks.start();
        return () -> {
            news.close();
            marks.close();
            locks.close();
        };
    }

    @Override
    public CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder) {
        return clean(leased.take(keys.lock(ledger), holder));
    }

    @Override
    public CompletableFuture<Void> giveBackLock(LedgerId ledger) {
        return clean(leased.giveBack(keys.lock(ledger)));
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> locks() {
        return clean(keyspace.all(keys.locks()).thenApply(entries -> byLedger(keys.locks(), entries)));
    }

    @Override
    public CompletableFuture<Void> post(String name, byte[] notice) {
        return clean(leased.put(keys.notices() + name, notice));
    }

    @Override
    public CompletableFuture<SortedMap<String, byte[]>> notices() {
        return clean(keyspace.all(keys.notices()).thenApply(entries -> {
            SortedMap<String, byte[]> notices = new TreeMap<>();
            for (KeyValue entry : entries) {
                notices.put(
                        Keyspace.text(entry).substring(keys.notices().length()),
                        entry.getValue().toByteArray());
            }
            return notices;
        }));
    }
}
