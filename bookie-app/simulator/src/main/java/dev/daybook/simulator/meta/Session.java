package dev.daybook.simulator.meta;

import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's sessions with the metadata service, one after the other. Locks and votes end with the session in which they
 * were made; the client hears of that only afterwards, and goes on as if nothing were until then.
 */
public final class Session {
    /** After which the service gives up a client that is not heard of. */
    public static final long TIMEOUT_TICKS = 150;

    private final World world;
    private final Actor client;
    private final RepairDesk desk;
    private final List<Runnable> whenReplaced = new ArrayList<>();
    private long number;
    private long requests;

    Session(World world, Actor client, RepairDesk desk) {
        this.world = world;
        this.client = client;
        this.desk = desk;
        this.number = desk.newSession(client);
        client.onDeath(() -> world.after(TIMEOUT_TICKS, () -> desk.endSession(number)));
        client.onFreeze(this::perhapsExpire);
    }

    public Actor client() {
        return client;
    }

    long number() {
        return number;
    }

    long nextRequest() {
        return ++requests;
    }

    /** The client is called when it has a new session; whatever it had is gone with the old one. */
    void onReplaced(Runnable listener) {
        whenReplaced.add(listener);
    }

    private void perhapsExpire(long ticks) {
        if (ticks > TIMEOUT_TICKS) {
            long frozen = number;
            world.after(TIMEOUT_TICKS, () -> {
                if (number == frozen) {
                    expire();
                }
            });
        }
    }

    /** The service ends it now. */
    void expire() {
        long old = number;
        world.saw("fault: session with locks or vote expired");
        desk.endSession(old);
        world.after(
                world.ticks(TIMEOUT_TICKS),
                () -> client.act(() -> {
                    if (number == old) {
                        number = desk.newSession(client);
                        whenReplaced.forEach(Runnable::run);
                    }
                }));
    }
}
