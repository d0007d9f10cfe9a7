package dev.daybook.client.security;

import java.util.Optional;

/**
 * How connections to bookies and to the metadata service are secured. Off by default, because a cluster is set up for it as a whole.
 *
 * @param tls empty: in clear text
 * @param authentication empty: the client does not say who it is to bookies
 * @param metadata of the connection to the metadata service
 */
public record SecurityConfig(
        Optional<TlsConfig> tls, Optional<ClientAuthentication> authentication, MetadataSecurity metadata) {
    public static final SecurityConfig NONE = new SecurityConfig(Optional.empty(), Optional.empty());

    /** With a plain connection to the metadata service. */
    public SecurityConfig(Optional<TlsConfig> tls, Optional<ClientAuthentication> authentication) {
        this(tls, authentication, MetadataSecurity.NONE);
    }

    public SecurityConfig {
        if (authentication.isPresent() && authentication.get().needsTls() && tls.isEmpty()) {
            throw new IllegalArgumentException("the authentication \""
                    + authentication.get().plugin()
                    + "\" sends a secret that anybody on the way could read: configure TLS as well"
                    + " (daybook.tls.trusted-certificates)");
        }
    }

    public static SecurityConfig tls(TlsConfig tls) {
        return new SecurityConfig(Optional.of(tls), Optional.empty());
    }

    public SecurityConfig withAuthentication(ClientAuthentication newAuthentication) {
        return new SecurityConfig(tls, Optional.of(newAuthentication), metadata);
    }

    public SecurityConfig withMetadata(MetadataSecurity newMetadata) {
        return new SecurityConfig(tls, authentication, newMetadata);
    }
}
