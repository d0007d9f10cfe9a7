package dev.daybook.server.identity;

import java.util.Optional;

/**
 * What the configuration says of the bookie's name.
 *
 * @param bookieId explicit name; otherwise it is made of address and port
 * @param advertisedAddress host or address that clients connect to
 * @param allowLoopback permits a name that only this machine can reach
 */
public record IdentityConfig(Optional<String> bookieId, Optional<String> advertisedAddress, boolean allowLoopback) {}
