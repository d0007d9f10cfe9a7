package dev.daybook.simulator.net;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries requests and answers between clients and bookies. */
public final class Network {
    private final World world;
    private final Links links;
    private final Map<BookieId, Endpoint> endpoints = new TreeMap<>();

    /** By the names of both ends, in the order in which they were made. */
    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /** Who wants to know of lost connections, by client. */
    private final Map<Actor, Consumer<BookieId>> listeners = new HashMap<>();

    private final Paces paces;

    private Weather weather;

    public Network(World world, Weather weather) {
        this.world = world;
        this.weather = weather;
        this.links = new Links(world);
        this.paces = new Paces(world);
    }

    public void register(Endpoint endpoint) {
        endpoints.put(endpoint.id(), endpoint);
    }

    /** Tells the client of every connection that it finds lost. */
    public void listen(Actor client, Consumer<BookieId> onLost) {
        listeners.put(client, onLost);
    }

    private void lost(Actor client, BookieId server) {
        Consumer<BookieId> listener = listeners.get(client);
        if (listener != null) {
            listener.accept(server);
        }
    }

    public Links links() {
        return links;
    }

    public Weather weather() {
        return weather;
    }

    public void change(Weather newWeather) {
        weather = newWeather;
    }

    /**
     * Asks a bookie.
     *
     * @param request made once for each copy that arrives
     * @param then told how it ended; once, unless the weather delivers late answers
     */
    public void call(
            Actor client, BookieId target, Supplier<BookieRequest> request, long timeoutTicks, Consumer<Outcome> then) {
        Endpoint endpoint = endpoints.get(target);
        if (endpoint == null) {
            throw new IllegalArgumentException("there is no bookie " + target);
        }
        Call call = new Call(client, weather.lateAnswers(), then);
        client.unlessAnswered(timeoutTicks, () -> call.fail(new Outcome.TimedOut()));
        if (weather.connections()) {
            overConnection(client, endpoint, request, call);
        } else {
            asMessage(client, endpoint, request, call);
        }
    }

    private void asMessage(Actor client, Endpoint endpoint, Supplier<BookieRequest> request, Call call) {
        Message message = Message.of(request.get(), client.name(), endpoint.id().value());
        long late = 0;
        if (message.kind() == MessageKind.FENCE && world.dice().chance(weather.lateFencePercent())) {
            world.saw("fault: fence late");
            late = world.ticks(30L * weather.delayMax());
        }
        carry(message, late, () -> {
            if (endpoint.isUp()) {
                endpoint.receive(
                        request.get(), response -> carry(message.answer(response), 0, () -> call.answer(response)));
            }
        });
    }

    private void carry(Message message, long late, Runnable arrival) {
        if (links.isDark(message.from(), message.to())) {
            world.saw("fault: message into the dark");
            return;
        }
        OptionalLong pace = paces.delayOf(message, weather);
        if (pace.isEmpty()) {
            world.saw("fault: no message of a kind gets through");
            return;
        }
        if (world.dice().chance(weather.lossPercent())) {
            world.saw("fault: message lost");
            return;
        }
        int copies = 1;
        if (world.dice().chance(weather.duplicatePercent())) {
            world.saw("fault: message doubled");
            copies = 2;
        }
        for (int i = 0; i < copies; i++) {
            long ticks = delay() + late + pace.getAsLong();
            world.pass(message::toString, () -> world.after(ticks, arrival));
        }
    }

    private long delay() {
        long delay = world.ticks(weather.delayMax());
        if (world.dice().chance(weather.longDelayPercent())) {
            world.saw("fault: message late");
            delay += world.ticks(20L * weather.delayMax());
        }
        return delay;
    }

    private void overConnection(Actor client, Endpoint endpoint, Supplier<BookieRequest> request, Call call) {
        String key = client.name() + ">" + endpoint.id();
        Connection connection = connections.get(key);
        if (connection == null || connection.isGone()) {
            if (!endpoint.isUp()) {
                world.after(delay(), () -> call.fail(new Outcome.Lost()));
                return;
            }
            connection = new Connection(world, links, client, endpoint, this::delay, () -> lost(client, endpoint.id()));
            connections.put(key, connection);
        }
        connection.send(request, call);
        if (world.dice().chance(weather.resetPercent())) {
            world.saw("fault: connection reset");
            Connection doomed = connection;
            world.after(world.ticks(2L * weather.delayMax()), doomed::reset);
        }
    }

    /** The process behind an endpoint has died. */
    public void disconnect(BookieId server) {
        for (Connection connection : connections.values()) {
            if (connection.isTo(server)) {
                connection.reset();
            }
        }
    }
}
