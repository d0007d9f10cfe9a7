package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;

/** What a port may be. */
final class Ports {
    private Ports() {}

    static int check(String flag, int port) {
        if (port < 0 || port > 65535) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, flag + " must lie between 0 and 65535, was " + port + ".");
        }
        return port;
    }
}
