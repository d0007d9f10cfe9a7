package dev.daybook.client.security;

import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/** SASL DIGEST-MD5 with a user name and a password, which never travels. Source: wire protocol, section 10.4. */
public final class SaslDigest implements ClientAuthentication {
    private static final String MECHANISM = "DIGEST-MD5";

    /** Protocol and server name alike. */
    private static final String SERVICE = "bookkeeper";

    private final String user;
    private final Secret password;

    public SaslDigest(String user, Secret password) {
        this.user = user;
        this.password = password;
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
            SaslClient client =
                    Sasl.createSaslClient(new String[] {MECHANISM}, null, SERVICE, SERVICE, Map.of(), this::answer);
            return new SaslExchange(client);
        } catch (SaslException e) {
            throw new IllegalStateException("this Java runtime has no SASL " + MECHANISM, e);
        }
    }

    private void answer(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(user);
            } else if (callback instanceof PasswordCallback asked) {
                asked.setPassword(password.characters());
            } else if (callback instanceof RealmCallback realm) {
                realm.setText(realm.getDefaultText());
            }
        }
    }

    private record SaslExchange(SaslClient client) implements Exchange {
        @Override
        public byte[] first() {
            return new byte[0]; // The mechanism begins with the server's challenge.
        }

        @Override
        public Next onAnswer(byte[] token) throws AuthenticationFailure {
            try {
                byte[] next = client.evaluateChallenge(token);
                return new Next(Optional.ofNullable(next), client.isComplete());
            } catch (SaslException e) {
                throw new AuthenticationFailure("its SASL answer is not acceptable (" + e.getMessage() + ")", e);
            }
        }
    }

    @Override
    public String toString() {
        return "SaslDigest(" + user + ")";
    }
}
