package dev.daybook.simulator.net;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Bytes between one client and one bookie: in order, until it breaks; then what was under way is lost. */
final class Connection {
    private static final long RETRY_TICKS = 20;

    private final World world;
    private final Links links;
    private final Actor client;
    private final Endpoint server;
    private final LongSupplier delay;
    private final Direction there;
    private final Direction back;
    private final List<Call> calls = new ArrayList<>();
    private boolean broken;
    private boolean told;
    private final Runnable onLost;

    /** @param onLost what the client does when it learns that the connection is gone */
    Connection(World world, Links links, Actor client, Endpoint server, LongSupplier delay, Runnable onLost) {
        this.world = world;
        this.links = links;
        this.client = client;
        this.server = server;
        this.delay = delay;
        this.onLost = onLost;
        this.there = new Direction(client.name(), server.id().value());
        this.back = new Direction(server.id().value(), client.name());
    }

    /** Broken, and the client knows. */
    boolean isGone() {
        return told;
    }

    boolean isTo(BookieId bookie) {
        return server.id().equals(bookie);
    }

    void send(Supplier<BookieRequest> request, Call call) {
        calls.add(call);
        if (broken) {
            tell(); // If nothing else, this request makes it known.
            return;
        }
        there.send(() -> {
            if (!server.isUp()) {
                reset();
                return;
            }
            server.receive(request.get(), response -> {
                if (!broken) {
                    back.send(() -> call.answer(response));
                }
            });
        });
    }

    /** The client learns of it a little later, or only by its deadlines. */
    void reset() {
        if (broken) {
            return;
        }
        broken = true;
        boolean halfOpen = world.dice().chance(20);
        if (halfOpen) {
            world.saw("fault: connection half open");
            return;
        }
        tell();
    }

    private void tell() {
        world.after(
                delay.getAsLong(),
                () -> client.act(() -> {
                    if (!told) {
                        told = true;
                        onLost.run();
                    }
                    List.copyOf(calls).forEach(call -> call.fail(new Outcome.Lost()));
                }));
    }

    /** One way of the connection. */
    private final class Direction {
        private final String from;
        private final String to;
        private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
        private long lastDue;

        Direction(String from, String to) {
            this.from = from;
            this.to = to;
        }

        void send(Runnable arrival) {
            lastDue = Math.max(lastDue, world.now() + delay.getAsLong());
            world.after(lastDue - world.now(), () -> {
                queue.add(arrival);
                deliver();
            });
        }

        private void deliver() {
            if (links.isDark(from, to)) {
                world.saw("fault: connection stalled");
                world.after(RETRY_TICKS, this::deliver);
                return;
            }
            while (!broken && !queue.isEmpty()) {
                queue.remove().run();
            }
        }
    }
}
