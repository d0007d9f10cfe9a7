package dev.daybook.server.identity;

import dev.daybook.protocol.model.BookieId;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bookie's name. Source: metadata specification, section 7.1. An address that the operator gives is believed; one
 * that is found out must not be a loopback address, unless that is allowed.
 *
 * @param id how ledgers, cookies and registrations call it
 * @param host what clients connect to
 * @param candidates every name this bookie could have had; a cookie under another one of them is this bookie's past
 */
public record Identity(BookieId id, String host, List<BookieId> candidates) {
    public Identity {
        candidates = List.copyOf(candidates);
    }

    /** @param port as bound */
    public static Outcome of(IdentityConfig config, int port) {
        return of(config, port, ownAddress());
    }

    static Outcome of(IdentityConfig config, int port, InetAddress own) {
        if (config.advertisedAddress().isEmpty() && own.isLoopbackAddress() && !config.allowLoopback()) {
            return new Outcome.Refused("The only address found for this machine is " + own.getHostAddress()
                    + ", which nobody else can reach; give one with --advertised-address"
                    + " (daybook.bookie.advertised-address), 127.0.0.1 if that is meant.");
        }
        String host = config.advertisedAddress().orElse(own.getHostAddress());
        String name = config.bookieId().orElse(host + ":" + port);
        if (!BookieId.isValid(name)) {
            String flag = config.bookieId().isPresent()
                    ? "--bookie-id (daybook.bookie.id)"
                    : "--advertised-address (daybook.bookie.advertised-address)";
            return new Outcome.Refused("\"" + name + "\" is no bookie id; correct " + flag
                    + ": use letters, digits and - _ . : only, and not the word \"readonly\".");
        }
        BookieId id = new BookieId(name);
        return new Outcome.Known(new Identity(id, host, candidates(config, id, port, own)));
    }

    private static List<BookieId> candidates(IdentityConfig config, BookieId id, int port, InetAddress own) {
        if (config.bookieId().isPresent()) {
            return List.of(id);
        }
        Set<String> names = new LinkedHashSet<>();
        names.add(id.value());
        names.add(own.getHostAddress() + ":" + port);
        names.add(own.getHostName() + ":" + port);
        names.add(own.getCanonicalHostName() + ":" + port);
        return names.stream().filter(BookieId::isValid).map(BookieId::new).toList();
    }

    /** What the machine calls itself, unless that is the loopback address and an interface has a better one. */
    private static InetAddress ownAddress() {
        try {
            InetAddress named = InetAddress.getLocalHost();
            return named.isLoopbackAddress() ? ofAnyInterface().orElse(named) : named;
        } catch (UnknownHostException e) {
            return ofAnyInterface().orElse(InetAddress.getLoopbackAddress());
        }
    }

    private static Optional<InetAddress> ofAnyInterface() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Identity::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isVirtual();
        } catch (SocketException e) {
            return false;
        }
    }

    /** The two ways this ends. */
    public sealed interface Outcome {
        record Known(Identity identity) implements Outcome {}

        /** @param sentence for a person */
        record Refused(String sentence) implements Outcome {}
    }
}
