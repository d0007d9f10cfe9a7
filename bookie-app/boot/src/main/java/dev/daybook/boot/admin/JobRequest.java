package dev.daybook.boot.admin;

import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.JobKind;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.protocol.model.BookieId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the body of a request wants.
 *
 * @param evacuation the bookie that is to be emptied; absent if bookies are to be evened out
 * @param limits for evening out
 */
record JobRequest(Optional<Evacuation> evacuation, BalanceLimits limits) {
    /** @throws IllegalArgumentException with a sentence for a person */
    static JobRequest of(Map<String, Object> body) {
        JobKind kind = kind(body);
        if (kind == JobKind.REBALANCE) {
            return new JobRequest(
                    Optional.empty(),
                    new BalanceLimits(
                            number(body, "tolerancePercent", BalanceLimits.DEFAULT.tolerancePercent()),
                            number(body, "movesMax", BalanceLimits.DEFAULT.movesMax())));
        }
        BookieId bookie = bookie(body, "bookie");
        Evacuation order = switch (kind) {
            case DRAIN -> Evacuation.drain(bookie);
            case REPLACE -> Evacuation.replace(bookie, bookie(body, "successor"));
            case DECOMMISSION, REBALANCE -> Evacuation.decommission(bookie);
        };
        Evacuation kept = flag(body, "keepCookie") ? order.keepingCookie() : order;
        return new JobRequest(Optional.of(flag(body, "force") ? kept.byForce() : kept), BalanceLimits.DEFAULT);
    }

    private static JobKind kind(Map<String, Object> body) {
        if (body.get("kind") instanceof String text) {
            for (JobKind kind : JobKind.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return kind;
                }
            }
        }
        throw new IllegalArgumentException("kind is one of decommission, drain, replace, rebalance.");
    }

    private static BookieId bookie(Map<String, Object> body, String name) {
        if (body.get(name) instanceof String id) {
            return new BookieId(id);
        }
        throw new IllegalArgumentException(name + " is missing: the id of a bookie.");
    }

    private static boolean flag(Map<String, Object> body, String name) {
        return body.get(name) instanceof Boolean set && set;
    }

    private static int number(Map<String, Object> body, String name, int otherwise) {
        return body.get(name) instanceof Number number ? number.intValue() : otherwise;
    }
}
