package dev.daybook.simulator.net;

import dev.daybook.simulator.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What single messages take beyond the common delay. Some directions between two parties are slow for everything; in some
 * runs each kind of message has a pace of its own on each of them. Without that the rarest order of all hardly comes up: a
 * read overtakes an add, which overtakes a fence, at one bookie, while at the others it is the other way round.
 */
final class Paces {
    private static final int NEVER_PERCENT = 6;

    private final World world;
    private final Map<String, Boolean> slowDirections = new HashMap<>();
    private final Map<String, OptionalLong> paces = new HashMap<>();

    Paces(World world) {
        this.world = world;
    }

    /** More ticks, or empty if such messages do not arrive at all as long as the weather is bad. */
    OptionalLong delayOf(Message message, Weather weather) {
        String direction = message.from() + ">" + message.to();
        long slowness = isSlow(direction, weather) ? world.ticks(20L * weather.delayMax()) : 0;
        if (weather.ownPacePercent() == 0) {
            return OptionalLong.of(slowness);
        }
        OptionalLong pace =
                paces.computeIfAbsent(message.kind() + " " + direction, any -> draw(message.kind(), weather));
        return pace.isEmpty() ? pace : OptionalLong.of(slowness + pace.getAsLong());
    }

    private boolean isSlow(String direction, Weather weather) {
        return weather.slowLinkPercent() > 0
                && slowDirections.computeIfAbsent(direction, any -> world.dice().chance(weather.slowLinkPercent()));
    }

    /** Questions, and answers that there is nothing, mostly travel fast: they are what has to overtake the others. */
    private OptionalLong draw(MessageKind kind, Weather weather) {
        int percent = weather.ownPacePercent();
        if (!world.dice().chance(kind == MessageKind.READ ? percent / 6 : percent)) {
            return OptionalLong.of(0);
        }
        return world.dice().chance(NEVER_PERCENT)
                ? OptionalLong.empty()
                : OptionalLong.of(world.ticks(12L * weather.delayMax()));
    }
}
