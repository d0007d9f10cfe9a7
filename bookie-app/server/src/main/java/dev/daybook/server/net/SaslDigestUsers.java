package dev.daybook.server.net;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * SASL DIGEST-MD5 against a list of users; whoever is not on the list is refused. For clients of the peer: the digest is
 * old, so it belongs inside of TLS. Source: wire protocol, section 10.4.
 */
public final class SaslDigestUsers implements Authentication {
    private static final String MECHANISM = "DIGEST-MD5";

    /** Protocol and server name alike. */
    private static final String SERVICE = "bookkeeper";

    private final Function<String, Optional<char[]>> passwords;

    /** @param passwords of users by name, looked up in each exchange */
    public SaslDigestUsers(Function<String, Optional<char[]>> passwords) {
        this.passwords = passwords;
    }

    @Override
    public String plugin() {
        return "sasl";
    }

    @Override
    public boolean needsTls() {
        return false;
    }

    @Override
    public Exchange begin() {
        try {
            Asked asked = new Asked(passwords);
            SaslServer server =
                    Sasl.createSaslServer(MECHANISM, SERVICE, SERVICE, Map.of(), callbacks -> asked.answer(callbacks));
            return token -> onToken(server, token);
        } catch (SaslException e) {
            throw new IllegalStateException("this Java runtime has no SASL " + MECHANISM, e);
        }
    }

    private static Verdict onToken(SaslServer server, byte[] token) {
        try {
            byte[] answer = server.evaluateResponse(token);
            byte[] sent = answer == null ? new byte[0] : answer;
            return server.isComplete()
                    ? Verdict.accepted(sent, server.getAuthorizationID())
                    : new Verdict(Optional.of(sent), Optional.empty());
        } catch (SaslException | IllegalStateException e) {
            return Verdict.refused();
        }
    }

    /** What the mechanism asks during one exchange. */
    private static final class Asked {
        private final Function<String, Optional<char[]>> passwords;
        private Optional<char[]> password = Optional.empty();

        Asked(Function<String, Optional<char[]>> passwords) {
            this.passwords = passwords;
        }

        void answer(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName(name.getDefaultName());
                    password = passwords.apply(name.getDefaultName());
                } else if (callback instanceof PasswordCallback wanted) {
                    password.ifPresent(wanted::setPassword);
                } else if (callback instanceof RealmCallback realm) {
                    realm.setText(realm.getDefaultText());
                } else if (callback instanceof AuthorizeCallback authorize) {
                    boolean own = authorize.getAuthenticationID().equals(authorize.getAuthorizationID());
                    authorize.setAuthorized(own);
                    if (own) {
                        authorize.setAuthorizedID(authorize.getAuthorizationID());
                    }
                }
            }
        }
    }
}
