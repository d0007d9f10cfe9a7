package dev.daybook.client.meta.session;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The bookies that one session keeps registered. Thread-safe. */
public final class Registrations {
    private final SessionLoop loop;
    private final Function<BookieId, RegistrationPlaces> places;
    private final Map<BookieId, Registration> kept = new ConcurrentHashMap<>();
    private final List<Runnable> lostListeners = new CopyOnWriteArrayList<>();

    /** @param places of a bookie in the service */
    public Registrations(SessionLoop loop, Function<BookieId, RegistrationPlaces> places) {
        this.loop = loop;
        this.places = places;
    }

    /** Also changes the mode of a bookie that is registered already. */
    public CompletableFuture<Void> register(BookieId bookie, boolean readOnly, byte[] service) {
        return of(bookie).register(readOnly, service);
    }

    public CompletableFuture<Void> unregister(BookieId bookie) {
        return of(bookie).unregister();
    }

    /** Called when a bookie could not be registered again, for instance because another process has its id. */
    public void onLost(Runnable listener) {
        lostListeners.add(listener);
    }

    /** To be called on the loop in each new session. */
    public void restore() {
        kept.values().forEach(Registration::restore);
    }

    private Registration of(BookieId bookie) {
        return kept.computeIfAbsent(
                bookie, id -> new Registration(loop, id, places.apply(id), () -> lostListeners.forEach(Runnable::run)));
    }
}
