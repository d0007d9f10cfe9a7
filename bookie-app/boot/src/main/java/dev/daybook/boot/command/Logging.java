package dev.daybook.boot.command;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Tells the logging configuration what the command line wants; must happen before the first logger exists. */
final class Logging {
    private Logging() {}

    static void prepare(boolean debug) {
        // Spring would set the level itself and print a banner of its own on standard output otherwise.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        if (debug) {
            System.setProperty("daybook.log.level", "DEBUG");
            System.setProperty("daybook.log.level.root", "INFO");
            System.setProperty("daybook.log.level.start", "ERROR");
            System.setProperty("daybook.log.level.zookeeper", "INFO");
        }
        // Tomcat logs by java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
