package dev.daybook.boot.standalone;

import dev.daybook.boot.role.RoleRefused;
import java.nio.file.Path;

/**
 * What a standalone cluster is told. Everything listens on the loopback address. A port of 0 lets the operating system
 * choose.
 *
 * @param dataFolder everything lies below it
 * @param firstBookiePort the others follow it
 * @param httpPort of the HTTP API of operators
 * @param acceptDataLoss whether bookies start although a folder came back empty or damaged
 */
public record StandaloneConfig(
        Path dataFolder,
        int bookies,
        int zooKeeperPort,
        int firstBookiePort,
        int consolePort,
        int httpPort,
        boolean acceptDataLoss) {
    /** More than a laptop wants, fewer than threads would run out. */
    private static final int BOOKIES_MAX = 32;

    public StandaloneConfig {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        check(
                bookies >= 1 && bookies <= BOOKIES_MAX,
                "--bookies must lie between 1 and " + BOOKIES_MAX + ", was " + bookies);
        check(isPort(zooKeeperPort), "--zookeeper-port must lie between 0 and 65535, was " + zooKeeperPort);
        check(
                isPort(firstBookiePort) && isPort(firstBookiePort + bookies - 1),
                "--bookie-port must leave room for " + bookies + " bookies below 65536, was " + firstBookiePort);
        check(isPort(consolePort), "--console-port must lie between 0 and 65535, was " + consolePort);
        check(isPort(httpPort), "--http-port must lie between 0 and 65535, was " + httpPort);
    }

    int bookiePort(int index) {
        return firstBookiePort == 0 ? 0 : firstBookiePort + index;
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= 65535;
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, sentence + ".");
        }
    }
}
