package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.session.RegistrationPlaces;
import dev.daybook.protocol.model.BookieId;
import java.util.concurrent.CompletableFuture;

/** The keys of one bookie, on our lease. Source: metadata specification, section 7. */
final class BookieKeys implements RegistrationPlaces {
    private final EtcdSession session;
    private final EtcdKeys keys;
    private final LeasedKeys leased;
    private final BookieId bookie;

    BookieKeys(Keyspace keyspace, BookieId bookie) {
        this.session = keyspace.session();
        this.keys = keyspace.keys();
        this.leased = new LeasedKeys(keyspace);
        this.bookie = bookie;
    }

    @Override
    public CompletableFuture<Boolean> take(boolean readOnly, byte[] service) {
        return leased.take(keys.registration(bookie, readOnly), service);
    }

    @Override
    public CompletableFuture<Void> leave(boolean readOnly) {
        return leased.giveBack(keys.registration(bookie, readOnly));
    }

    @Override
    public long sessionMillis() {
        return session.lease().lifeMillis();
    }

    @Override
    public Throwable failureOf(Throwable failure) {
        return session.failureOf(failure);
    }
}
