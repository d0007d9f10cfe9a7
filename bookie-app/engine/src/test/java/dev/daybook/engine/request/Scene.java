package dev.daybook.engine.request;

import dev.daybook.engine.journal.JournalRecord;
import dev.daybook.engine.request.ReadCommand.Poll;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A core with a journal that syncs when told and entries in a map. Everything is said and answered in words, so that a
 * test reads like the conversation.
 */
final class Scene implements Effect.Handler<String, String> {
    static final byte[] KEY = {1, 2, 3};
    static final byte[] OTHER_KEY = {4, 5, 6};

    final BookieCore<String, String> core = new BookieCore<>(1, String::length);
    final List<String> answers = new ArrayList<>();
    final List<JournalRecord<String>> durable = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    private final ArrayDeque<Append<String>> unsynced = new ArrayDeque<>();
    private final Map<Long, TreeMap<Long, String>> stored = new HashMap<>();

    /** Entries that the index knows and the disk cannot read. */
    boolean diskBroken;

    /** Searches are answered only when told. */
    boolean diskHangs;

    private final List<Runnable> hanging = new ArrayList<>();

    // What clients say. The ticket is what was said.

    Scene add(long ledger, long entry) {
        return add("add " + ledger + "/" + entry, command(ledger, entry, entry - 1, KEY, false, false, false));
    }

    Scene addWithLac(long ledger, long entry, long lac) {
        return add("add " + ledger + "/" + entry, command(ledger, entry, lac, KEY, false, false, false));
    }

    Scene recoveryAdd(long ledger, long entry) {
        return add("recovery add " + ledger + "/" + entry, command(ledger, entry, entry - 1, KEY, true, false, true));
    }

    Scene deferredAdd(long ledger, long entry) {
        return add("deferred add " + ledger + "/" + entry, command(ledger, entry, entry - 1, KEY, false, true, false));
    }

    Scene add(String ticket, AddCommand<String> add) {
        core.onAdd(add, ticket);
        return drained();
    }

    static AddCommand<String> command(
            long ledger, long entry, long lac, byte[] key, boolean recovery, boolean deferred, boolean highPriority) {
        String body = ledger + "/" + entry;
        return new AddCommand<>(ledger, entry, lac, key, body, true, recovery, deferred, highPriority);
    }

    Scene read(long ledger, long entry) {
        return read("read " + ledger + "/" + entry, ledger, entry, false, Optional.empty(), Optional.empty());
    }

    Scene fence(long ledger, long entry) {
        return read("fence " + ledger + "/" + entry, ledger, entry, true, Optional.of(KEY), Optional.empty());
    }

    Scene poll(long ledger, long entry, long previousLac, long timeoutMillis, boolean piggyback) {
        Poll poll = new Poll(previousLac, OptionalLong.of(timeoutMillis), piggyback);
        return read("poll " + ledger, ledger, entry, false, Optional.empty(), Optional.of(poll));
    }

    Scene read(String ticket, long ledger, long entry, boolean fence, Optional<byte[]> key, Optional<Poll> poll) {
        core.onRead(new ReadCommand(ledger, entry, fence, key, poll, fence), ticket);
        return drained();
    }

    Scene batch(long ledger, long start, int maxCount, long maxSize) {
        core.onBatchRead(
                new BatchCommand(ledger, start, maxCount, maxSize, false, Optional.empty(), false), "batch " + ledger);
        return drained();
    }

    Scene writeLac(long ledger, long lac) {
        core.onWriteLac(ledger, lac, KEY, new byte[] {(byte) lac}, true, "write lac " + ledger);
        return drained();
    }

    Scene readLac(long ledger) {
        core.onReadLac(ledger, "read lac " + ledger);
        return drained();
    }

    Scene list(long ledger) {
        core.onEntryList(ledger, "list " + ledger);
        return drained();
    }

    Scene force(long ledger) {
        core.onForce(ledger, "force " + ledger);
        return drained();
    }

    Scene delete(long ledger) {
        core.onDelete(ledger, "delete " + ledger);
        return drained();
    }

    Scene evict(long ledger, long sinceFlush) {
        core.onEvict(ledger, sinceFlush, "evict " + ledger);
        return drained();
    }

    Scene limbo(long ledger) {
        return limbo(ledger, new byte[0]);
    }

    Scene limbo(long ledger, byte[] key) {
        core.onLimboBegin(ledger, key, "limbo " + ledger);
        return drained();
    }

    Scene endLimbo(long ledger) {
        core.onLimboEnd(ledger, "limbo of " + ledger + " over");
        return drained();
    }

    Scene tick(long millis) {
        core.onTick(millis);
        return drained();
    }

    private void answer(Runnable search) {
        if (diskHangs) {
            hanging.add(search);
        } else {
            search.run();
        }
    }

    Scene diskAnswers() {
        diskHangs = false;
        hanging.forEach(Runnable::run);
        hanging.clear();
        return drained();
    }

    // What the journal does.

    Scene written() {
        for (Append<String> append : unsynced) {
            if (append.wantsWritten()) {
                core.onWritten(append);
                drained();
            }
        }
        return this;
    }

    Scene sync() {
        while (!unsynced.isEmpty()) {
            Append<String> append = unsynced.remove();
            append.journalRecord().ifPresent(durable::add);
            core.onSynced(append);
            drained();
        }
        return this;
    }

    Scene journalFails() {
        while (!unsynced.isEmpty()) {
            core.onAppendFailed(unsynced.remove());
            drained();
        }
        return this;
    }

    /** A new core that knows only what was synced. */
    Scene restarted() {
        return new Scene().replay(durable);
    }

    Scene replay(List<JournalRecord<String>> facts) {
        for (JournalRecord<String> fact : facts) {
            core.replay(fact);
            drained();
            durable.add(fact);
        }
        return this;
    }

    /** The index survived, whatever else was lost. */
    Scene storedBy(Scene other) {
        stored.putAll(other.stored);
        return this;
    }

    /** Takes the answers given since the last time. */
    List<String> answers() {
        List<String> taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    private Scene drained() {
        core.drainTo(this);
        return this;
    }

    @Override
    public void append(Append<String> append) {
        unsynced.add(append);
    }

    @Override
    public void store(long ledgerId, long entryId, String payload) {
        stored.computeIfAbsent(ledgerId, id -> new TreeMap<>()).put(entryId, payload);
    }

    @Override
    public void release(String payload) {
        released.add(payload);
    }

    @Override
    public void drop(long ledgerId) {
        stored.remove(ledgerId);
    }

    @Override
    public void look(Lookup<String> lookup) {
        String body = stored.getOrDefault(lookup.ledgerId(), new TreeMap<>()).get(lookup.entryId());
        LookupResult<String> result = body == null ? new LookupResult.Absent<>() : new LookupResult.Found<>(body);
        answer(() -> core.onLookup(lookup, diskBroken ? new LookupResult.Failed<>() : result));
    }

    @Override
    public void list(Listing listing) {
        long[] ids = stored.getOrDefault(listing.ledgerId(), new TreeMap<>()).keySet().stream()
                .mapToLong(Long::longValue)
                .toArray();
        answer(() -> core.onListed(listing, new ListResult.Listed(ids)));
    }

    @Override
    public void reply(String ticket, Answer<String> answer) {
        answers.add(ticket + ": " + words(answer));
    }

    private static String words(Answer<String> answer) {
        String words = answer.verdict().toString();
        if (answer instanceof Answer.Entry<String> entry) {
            words += entry.entryId().isPresent() ? " entry " + entry.entryId().getAsLong() : "";
            words += entry.payload().map(body -> " " + body).orElse("");
            words += entry.maxLac().isPresent() ? " lac " + entry.maxLac().getAsLong() : "";
            words += entry.lacUpdateMillis().isPresent()
                    ? " at " + entry.lacUpdateMillis().getAsLong()
                    : "";
        } else if (answer instanceof Answer.Batch<String> batch) {
            words += " " + batch.payloads();
        } else if (answer instanceof Answer.Lac<String> lac) {
            words += lac.explicitLac().map(bytes -> " explicit " + bytes[0]).orElse("");
            words += lac.lastEntry().map(body -> " last " + body).orElse("");
        } else if (answer instanceof Answer.EntryList<String> list) {
            words += list.entryIds().map(ids -> " " + Arrays.toString(ids)).orElse("");
        }
        return words;
    }
}
