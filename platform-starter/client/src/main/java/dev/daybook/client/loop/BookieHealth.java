package dev.daybook.client.loop;

import dev.daybook.client.net.NetworkLoop;
import dev.daybook.client.net.Timer;
import dev.daybook.core.health.FaultDetector;
import dev.daybook.core.health.HealthLimits;
import dev.daybook.protocol.model.BookieId;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Feeds the loop's fault detector with the time, and tells when somebody enters or leaves quarantine. */
final class BookieHealth {
    private final NetworkLoop net;
    private final FaultDetector detector;
    private final Consumer<Set<BookieId>> whenQuarantineChanges;
    private final Consumer<BookieId> whenUnreachable;

    private @Nullable Timer release;

    /**
     * @param whenQuarantineChanges told who is in quarantine now
     * @param whenUnreachable told of bookies that this loop found unreachable, for the other loops
     */
    BookieHealth(
            NetworkLoop net,
            HealthLimits limits,
            Consumer<Set<BookieId>> whenQuarantineChanges,
            Consumer<BookieId> whenUnreachable) {
        this.net = net;
        this.detector = new FaultDetector(limits);
        this.whenQuarantineChanges = whenQuarantineChanges;
        this.whenUnreachable = whenUnreachable;
    }

    FaultDetector detector() {
        return detector;
    }

    void answered(BookieId bookie) {
        detector.onAnswer(bookie);
        look();
    }

    void answeredRead(BookieId bookie, long latencyNanos) {
        detector.onLatency(bookie, latencyNanos, net.nanoTime());
    }

    void failed(BookieId bookie) {
        detector.onFailure(bookie, net.nanoTime());
        look();
    }

    void refused(BookieId bookie) {
        detector.onRefusal(bookie, net.nanoTime());
    }

    void slow(BookieId bookie) {
        detector.onSlow(bookie, net.nanoTime());
    }

    void unreachable(BookieId bookie) {
        detector.onUnreachable(bookie, net.nanoTime());
        if (detector.hasChanged()) {
            whenUnreachable.accept(bookie);
        }
        look();
    }

    /** Another loop found it unreachable. */
    void heardUnreachable(BookieId bookie) {
        detector.onUnreachable(bookie, net.nanoTime());
        look();
    }

    private void look() {
        if (detector.hasChanged()) {
            tell();
        }
    }

    private void tell() {
        if (release != null) {
            release.cancel();
            release = null;
        }
        long now = net.nanoTime();
        Set<BookieId> quarantined = detector.quarantined(now);
        OptionalLong next = detector.nextReleaseNanos();
        if (next.isPresent()) {
            release = net.schedule(this::tell, Duration.ofNanos(Math.max(0, next.getAsLong() - now)));
        }
        whenQuarantineChanges.accept(quarantined);
    }
}
