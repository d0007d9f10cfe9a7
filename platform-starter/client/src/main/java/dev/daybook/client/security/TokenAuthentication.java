package dev.daybook.client.security;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** One token that the bookies' verifier knows, asked for anew with each connection. It travels inside of TLS only. */
public final class TokenAuthentication implements ClientAuthentication {
    public static final String PLUGIN = "token";

    private final Supplier<Secret> token;

    public TokenAuthentication(Supplier<Secret> token) {
        this.token = token;
    }

    @Override
    public String plugin() {
        return PLUGIN;
    }

    @Override
    public boolean needsTls() {
        return true;
    }

    @Override
    public Exchange begin() {
        byte[] bytes = new String(token.get().characters()).getBytes(StandardCharsets.UTF_8);
        return new Exchange() {
            @Override
            public byte[] first() {
                return bytes;
            }

            @Override
            public Next onAnswer(byte[] answer) {
                return new Next(Optional.empty(), true);
            }
        };
    }
}
