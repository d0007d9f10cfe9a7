package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.session.KnownAddresses;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Looks up what bookies publish about themselves. Source: metadata specification, section 7.3. */
final class BookieDirectory implements KnownAddresses.Lookup {
    private static final BookieServiceInfo NOTHING = new BookieServiceInfo(List.of(), Map.of());

    private final MetadataTree tree;

    BookieDirectory(MetadataTree tree) {
        this.tree = tree;
    }

    @Override
    public boolean isOnline() {
        return tree.session().online();
    }

    @Override
    public LedgerException failureOf(BookieId bookie, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof LedgerException ledgerFailure) {
            return ledgerFailure;
        }
        return new LedgerException(
                Reason.METADATA_CORRUPT, "The registration of bookie " + bookie + " is unreadable.", cause);
    }

    @Override
    public CompletableFuture<Optional<BookieServiceInfo>> registration(BookieId bookie) {
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
