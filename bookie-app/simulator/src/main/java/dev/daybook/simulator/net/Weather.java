package dev.daybook.simulator.net;

import dev.daybook.core.effect.Dice;
import java.util.List;

/**
 * How bad the network is. Times are ticks.
 *
 * @param connections requests travel over connections, in order until the connection breaks; otherwise each message for
 *     itself, which may be lost, doubled, late, and alive across a restart
 * @param longDelayPercent of messages that are late by several request deadlines, or of connections that are slow
 * @param resetPercent of requests at which the connection breaks
 * @param lateAnswers an answer is delivered after its deadline as well
 * @param lateFencePercent of the first messages of a recovery to a bookie that are late, whatever the others do
 * @param slowLinkPercent of directions between two parties on which everything is late
 * @param ownPacePercent of kinds of messages that have a pace of their own in a direction between two parties
 */
public record Weather(
        boolean connections,
        int lossPercent,
        int duplicatePercent,
        int delayMax,
        int longDelayPercent,
        int resetPercent,
        boolean lateAnswers,
        int lateFencePercent,
        int slowLinkPercent,
        int ownPacePercent) {

    /** Single messages that take one tick. */
    public static final Weather FINE = new Weather(false, 0, 0, 1, 0, 0, true, 0, 0, 0);

    public static Weather draw(Dice dice) {
        boolean connections = dice.chance(45);
        int delayMax = dice.pick(List.of(3, 10, 40));
        return new Weather(
                connections,
                connections ? 0 : dice.pick(List.of(0, 0, 3, 10, 30)),
                connections ? 0 : dice.pick(List.of(0, 0, 10)),
                delayMax,
                dice.pick(List.of(0, 5, 20)),
                connections ? dice.pick(List.of(0, 0, 1, 4)) : 0,
                !connections && dice.chance(25),
                connections ? 0 : dice.pick(List.of(0, 0, 40)),
                connections ? 0 : dice.pick(List.of(0, 0, 15)),
                connections ? 0 : dice.pick(List.of(0, 0, 40)));
    }

    /** The same network without faults. */
    public Weather calm() {
        return new Weather(connections, 0, 0, delayMax, 0, 0, lateAnswers, 0, 0, 0);
    }
}
