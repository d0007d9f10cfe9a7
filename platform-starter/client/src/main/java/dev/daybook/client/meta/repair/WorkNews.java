package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.session.SessionLoop;

/**
 * Tells that there may be other work than before. Changes that come closely together are told once. May be called from
 * any thread.
 */
public final class WorkNews {
    private static final long GATHER_MILLIS = 50;

    private final SessionLoop loop;
    private final Runnable listener;
    private volatile boolean closed;

    /** Belongs to the loop: whether the listener will be told soon. */
    private boolean gathering;

    public WorkNews(SessionLoop loop, Runnable listener) {
        this.loop = loop;
        this.listener = listener;
    }

    public void tellSoon() {
        loop.execute(() -> {
            if (!gathering) {
                gathering = true;
                loop.later(GATHER_MILLIS, this::tell);
            }
        });
    }

    private void tell() {
        gathering = false;
        loop.deliver(() -> {
            if (!closed) {
                listener.run();
            }
        });
    }

    /** Nothing is told any more. */
    public void close() {
        closed = true;
    }
}
