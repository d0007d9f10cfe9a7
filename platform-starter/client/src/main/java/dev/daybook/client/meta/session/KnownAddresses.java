package dev.daybook.client.meta.session;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.protocol.format.ServiceInfoFormat;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Where bookies listen, by their registrations, or as last known while the service is away. Thread-safe. */
public final class KnownAddresses {
    /** After which an old address is better than none: a service that is going away answers late or never. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final SessionLoop loop;
    private final Lookup lookup;

    /** Bounded by the bookies that ever joined. */
    private final Map<BookieId, BookieAddress> lastKnown = new ConcurrentHashMap<>();

    /** Asks the service. */
    public interface Lookup {
        /** What the bookie has registered; empty if nothing. */
        CompletableFuture<Optional<BookieServiceInfo>> registration(BookieId bookie);

        /** False if it is not even worth asking. */
        boolean isOnline();

        /** The client's exception for a registration that could not be read. */
        LedgerException failureOf(BookieId bookie, Throwable failure);
    }

    public KnownAddresses(SessionLoop loop, Lookup lookup) {
        this.loop = loop;
        this.lookup = lookup;
    }

    /** As {@code MetadataStore.resolve}. */
    public CompletableFuture<Optional<BookieAddress>> resolve(BookieId bookie) {
        Optional<BookieAddress> known = Optional.ofNullable(lastKnown.get(bookie));
        if (known.isPresent() && !lookup.isOnline()) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<Optional<BookieAddress>> answer = lookup.registration(bookie)
                .handle((service, failure) -> {
                    if (failure == null) {
                        Optional<BookieAddress> address =
                                service.flatMap(KnownAddresses::addressIn).or(() -> addressInId(bookie));
                        address.ifPresent(found -> lastKnown.put(bookie, found));
                        return address;
                    }
                    if (known.isPresent()) {
                        return known;
                    }
                    throw lookup.failureOf(bookie, failure);
                });
        if (known.isPresent()) {
            loop.later(PATIENCE_MILLIS, () -> answer.complete(known));
        }
        return answer;
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
}
