package dev.daybook.server.net;

import java.util.Optional;

/**
 * Who may talk to the bookie, and how. Off by default.
 *
 * @param tls empty: the bookie speaks clear text only
 * @param authentication empty: every client is served
 */
public record NetSecurity(Optional<BookieTls> tls, Optional<Authentication> authentication) {
    public static final NetSecurity NONE = new NetSecurity(Optional.empty(), Optional.empty());

    public NetSecurity {
        boolean encrypted = tls.isPresent() && tls.get().required();
        if (authentication.isPresent() && authentication.get().needsTls() && !encrypted) {
            throw new IllegalArgumentException("the authentication \""
                    + authentication.get().plugin()
                    + "\" takes secrets that anybody on the way could read: configure daybook.bookie.tls.* and leave"
                    + " daybook.bookie.tls.required on");
        }
    }
}
