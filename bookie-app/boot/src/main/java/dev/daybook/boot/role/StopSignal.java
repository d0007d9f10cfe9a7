package dev.daybook.boot.role;

import java.util.concurrent.CountDownLatch;

/**
 * Runs a role until the process is told to stop. A signal ends the process by way of its shutdown hooks, so the role is
 * closed there and the exit code is the signal's (143 after SIGTERM).
 */
public final class StopSignal {
    private StopSignal() {}

    /** Closes the role when the process is told to stop; at once if it is being told right now. */
    public static void closeOnExit(AutoCloseable role) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(role), "daybook-stop"));
        } catch (IllegalStateException alreadyStopping) {
            close(role);
        }
    }

    private static void close(AutoCloseable role) {
        try {
            role.close();
        } catch (Exception e) {
            System.err.println("daybook: could not stop cleanly: " + e);
        }
    }

    /** Waits for the end of the process, which a signal brings. */
    public static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
