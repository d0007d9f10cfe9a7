package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Looks up what bookies publish about themselves. Source: metadata specification, section 7.3. */
final class BookieDirectory {
    private static final BookieServiceInfo NOTHING = new BookieServiceInfo(List.of(), Map.of());

    /** After which an old address is better than none: a service that is going away answers late or never. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final MetadataTree tree;

    /** Where bookies were last found; used while the service is away. Bounded by the bookies that ever joined. */
    private final Map<BookieId, BookieAddress> lastKnown = new ConcurrentHashMap<>();

    BookieDirectory(MetadataTree tree) {
        this.tree = tree;
    }

    CompletableFuture<Optional<BookieAddress>> resolve(BookieId bookie) {
        Optional<BookieAddress> known = Optional.ofNullable(lastKnown.get(bookie));
        if (known.isPresent() && !tree.session().online()) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<Optional<BookieAddress>> answer = registration(bookie).handle((service, failure) -> {
            if (failure == null) {
                Optional<BookieAddress> address =
                        service.flatMap(BookieDirectory::addressIn).or(() -> addressInId(bookie));
                address.ifPresent(found -> lastKnown.put(bookie, found));
                return address;
            }
            if (known.isPresent()) {
                return known;
            }
            throw unreadable(bookie, failure);
        });
        if (known.isPresent()) {
            tree.session().loop().later(PATIENCE_MILLIS, () -> answer.complete(known));
        }
        return answer;
    }

    private static LedgerException unreadable(BookieId bookie, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof LedgerException ledgerFailure) {
            return ledgerFailure;
        }
        return new LedgerException(
                Reason.METADATA_CORRUPT, "The registration of bookie " + bookie + " is unreadable.", cause);
    }

    private static Optional<BookieAddress> addressIn(BookieServiceInfo service) {
        return service.endpoints().stream()
                .filter(endpoint -> endpoint.protocol().equals(BookieEndpoint.BOOKIE_RPC))
                .map(endpoint -> new BookieAddress(endpoint.host(), endpoint.port()))
                .findFirst();
    }

    private static Optional<BookieAddress> addressInId(BookieId bookie) {
        return ServiceInfoFormat.addressOf(bookie).map(endpoint -> new BookieAddress(endpoint.host(), endpoint.port()));
    }

    private CompletableFuture<Optional<BookieServiceInfo>> registration(BookieId bookie) {
        return registration(MetadataTree.AVAILABLE, bookie)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : registration(MetadataTree.READ_ONLY, bookie));
    }

    private CompletableFuture<Optional<BookieServiceInfo>> registration(String mode, BookieId bookie) {
        return tree.find(mode + "/" + bookie).thenApply(found -> found.map(node -> parse(bookie, node)));
    }

    /** One bookie's odd registration must not hide all others. */
    private static BookieServiceInfo parse(BookieId bookie, MetadataTree.Node node) {
        try {
            return ServiceInfoFormat.parse(bookie, node.bytes());
        } catch (MalformedMetadataException e) {
            return NOTHING;
        }
    }

    CompletableFuture<List<BookieRecord>> records() {
        CompletableFuture<List<String>> cookies = tree.childrenOrNone(MetadataTree.COOKIES);
        CompletableFuture<List<String>> readOnly = tree.childrenOrNone(MetadataTree.READ_ONLY);
        CompletableFuture<List<String>> writable = tree.childrenOrNone(MetadataTree.AVAILABLE);
        return CompletableFuture.allOf(cookies, readOnly, writable).thenCompose(done -> {
            Map<BookieId, BookieRecord.State> states = new TreeMap<>();
            // Later states win: a bookie that changes its mode shows in both for a moment and counts as writable.
            put(states, cookies.join(), BookieRecord.State.DOWN);
            put(states, readOnly.join(), BookieRecord.State.READ_ONLY);
            put(states, writable.join(), BookieRecord.State.WRITABLE);
            return read(states);
        });
    }

    private static void put(Map<BookieId, BookieRecord.State> states, List<String> names, BookieRecord.State state) {
        names.stream().filter(BookieId::isValid).forEach(name -> states.put(new BookieId(name), state));
    }

    private CompletableFuture<List<BookieRecord>> read(Map<BookieId, BookieRecord.State> states) {
        List<CompletableFuture<BookieRecord>> records = new ArrayList<>();
        states.forEach((bookie, state) -> records.add(
                state == BookieRecord.State.DOWN
                        ? CompletableFuture.completedFuture(new BookieRecord(bookie, state, NOTHING))
                        : registration(bookie)
                                .thenApply(service -> new BookieRecord(bookie, state, service.orElse(NOTHING)))));
        return CompletableFuture.allOf(records.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> records.stream().map(CompletableFuture::join).toList());
    }
}
