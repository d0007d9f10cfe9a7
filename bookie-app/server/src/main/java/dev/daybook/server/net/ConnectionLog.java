package dev.daybook.server.net;

import java.net.SocketAddress;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of connections that were closed for a reason, at most a line per second: strangers write it. */
final class ConnectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

    private final LogLimiter refusals = new LogLimiter(TimeUnit.SECONDS.toNanos(1));
    private final LogLimiter failures = new LogLimiter(TimeUnit.SECONDS.toNanos(1));

    void refused(SocketAddress remote, String what) {
        OptionalLong heldBack = refusals.tryPass(System.nanoTime());
        if (heldBack.isPresent()) {
            LOG.warn("Closed the connection from {}, because it sent {}.{}", remote, what, others(heldBack));
        }
    }

    void failed(SocketAddress remote, Throwable cause) {
        OptionalLong heldBack = failures.tryPass(System.nanoTime());
        if (heldBack.isPresent()) {
            LOG.error("Closed the connection from {} after an unexpected error.{}", remote, others(heldBack), cause);
        }
    }

    private static String others(OptionalLong heldBack) {
        return heldBack.getAsLong() == 0 ? "" : " (" + heldBack.getAsLong() + " similar lines were left out.)";
    }
}
