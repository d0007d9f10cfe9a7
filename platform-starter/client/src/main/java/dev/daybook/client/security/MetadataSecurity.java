package dev.daybook.client.security;

import java.util.Optional;

/**
 * How connections to the metadata service are secured.
 *
 * @param tls files are PEM; empty: in clear text
 * @param login whom the service takes the client for; empty: it is not told
 */
public record MetadataSecurity(Optional<TlsConfig> tls, Optional<Login> login) {
    public static final MetadataSecurity NONE = new MetadataSecurity(Optional.empty(), Optional.empty());

    public MetadataSecurity {
        if (login.isPresent() && tls.isEmpty()) {
            throw new IllegalArgumentException(
                    "the password for the metadata service (daybook.metadata.password) could be"
                            + " read by anybody on the way: configure TLS as well (daybook.metadata.tls.trusted-certificates)");
        }
    }

    public static MetadataSecurity tls(TlsConfig tls) {
        return new MetadataSecurity(Optional.of(tls), Optional.empty());
    }

    /**
     * As properties have it.
     *
     * @param user empty: nobody logs in
     * @throws IllegalArgumentException with a sentence, without its full stop, if they do not fit together
     */
    public static MetadataSecurity of(Optional<TlsConfig> tls, String user, String password) {
        if (user.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException(
                    "daybook.metadata.username and daybook.metadata.password are given together or not at all");
        }
        MetadataSecurity security = new MetadataSecurity(tls, Optional.empty());
        return user.isEmpty() ? security : security.withLogin(user, Secret.of(password));
    }

    public MetadataSecurity withLogin(String user, Secret password) {
        return new MetadataSecurity(tls, Optional.of(new Login(user, password)));
    }

    /** A user of the service. */
    public record Login(String user, Secret password) {}
}
