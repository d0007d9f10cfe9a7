package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.session.KnownAddresses;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Looks up what bookies publish about themselves. Source: metadata specification, section 7.3. */
final class BookieDirectory implements KnownAddresses.Lookup {
    private static final BookieServiceInfo NOTHING = new BookieServiceInfo(List.of(), Map.of());

    private final Keyspace keyspace;
    private final EtcdKeys keys;

    BookieDirectory(Keyspace keyspace) {
        this.keyspace = keyspace;
        this.keys = keyspace.keys();
    }

    @Override
    public boolean isOnline() {
        return true; // Calls end soon enough when it is not.
    }

    @Override
    public LedgerException failureOf(BookieId bookie, Throwable failure) {
        return keyspace.session().failureOf(failure);
    }

    /** Both modes at one moment: a bookie that changes its mode is never seen without any. */
    @Override
    public CompletableFuture<Optional<BookieServiceInfo>> registration(BookieId bookie) {
        return keyspace.transact(TxnRequest.newBuilder()
                        .addSuccess(Keyspace.read(keys.registration(bookie, false)))
                        .addSuccess(Keyspace.read(keys.registration(bookie, true)))
                        .build())
                .thenApply(reply -> reply.value().getResponsesList().stream()
                        .flatMap(response -> response.getResponseRange().getKvsList().stream())
                        .findFirst()
                        .map(entry -> parse(bookie, entry)));
    }

    /** One bookie's odd registration must not hide all others. */
    private static BookieServiceInfo parse(BookieId bookie, KeyValue entry) {
        try {
            return ServiceInfoFormat.parse(bookie, entry.getValue().toByteArray());
        } catch (MalformedMetadataException e) {
            return NOTHING;
        }
    }

    CompletableFuture<List<BookieRecord>> records() {
        return keyspace.all(keys.cookies())
                .thenCombine(keyspace.all(keys.registrations()), (cookies, registrations) -> {
                    Map<BookieId, BookieRecord> records = new TreeMap<>();
                    // Later states win: a bookie that changes its mode shows in both for a moment, and is writable.
                    cookies.forEach(entry -> put(records, keys.cookies(), entry, BookieRecord.State.DOWN));
                    registrations.forEach(
                            entry -> put(records, keys.registrations(true), entry, BookieRecord.State.READ_ONLY));
                    registrations.forEach(
                            entry -> put(records, keys.registrations(false), entry, BookieRecord.State.WRITABLE));
                    return List.copyOf(records.values());
                });
    }

    private static void put(
            Map<BookieId, BookieRecord> records, String prefix, KeyValue entry, BookieRecord.State state) {
        String key = Keyspace.text(entry);
        if (!key.startsWith(prefix) || !BookieId.isValid(key.substring(prefix.length()))) {
            return;
        }
        BookieId bookie = new BookieId(key.substring(prefix.length()));
        BookieServiceInfo service = state == BookieRecord.State.DOWN ? NOTHING : parse(bookie, entry);
        records.put(bookie, new BookieRecord(bookie, state, service));
    }
}
