package dev.daybook.engine.request;

/**
 * What the core wants done. A new kind of effect does not compile until every driver performs it.
 *
 * @param <P> the packaged entry
 * @param <T> the ticket by which the driver knows a request again
 */
public sealed interface Effect<P, T> {
    void dispatch(Handler<P, T> handler);

    /** Performs effects. May call the core again, because it runs after the call that emitted them has returned. */
    interface Handler<P, T> {
        void append(Append<P> append);

        void store(long ledgerId, long entryId, P payload);

        void release(P payload);

        void drop(long ledgerId);

        void look(Lookup<P> lookup);

        void list(Listing listing);

        void reply(T ticket, Answer<P> answer);
    }

    /** Put the record into the ledger's journal, in the order of emission. */
    record Journal<P, T>(Append<P> append) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.append(append);
        }
    }

    /** Make an entry visible to later lookups. The payload goes over to the driver. */
    record Store<P, T>(long ledgerId, long entryId, P payload) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.store(ledgerId, entryId, payload);
        }
    }

    /** The payload of an add that is not to be stored is not needed any more. */
    record Release<P, T>(P payload) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.release(payload);
        }
    }

    /** Forget the entries of a deleted ledger that wait for the next flush. */
    record Drop<P, T>(long ledgerId) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.drop(ledgerId);
        }
    }

    record Look<P, T>(Lookup<P> lookup) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.look(lookup);
        }
    }

    record ListEntries<P, T>(Listing listing) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.list(listing);
        }
    }

    record Reply<P, T>(T ticket, Answer<P> answer) implements Effect<P, T> {
        @Override
        public void dispatch(Handler<P, T> handler) {
            handler.reply(ticket, answer);
        }
    }
}
