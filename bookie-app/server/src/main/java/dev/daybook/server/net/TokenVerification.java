package dev.daybook.server.net;

import java.util.Optional;
import java.util.function.Function;

/** One token that a verifier knows. It is taken inside of TLS only. */
public final class TokenVerification implements Authentication {
    private final Function<byte[], Optional<String>> verifier;

    /** @param verifier tells who holds the token; must not block */
    public TokenVerification(Function<byte[], Optional<String>> verifier) {
        this.verifier = verifier;
    }

    @Override
    public String plugin() {
        return "token";
    }

    @Override
    public boolean needsTls() {
        return true;
    }

    @Override
    public Exchange begin() {
        return token -> verifier.apply(token)
                .map(user -> Verdict.accepted(new byte[0], user))
                .orElseGet(Verdict::refused);
    }
}
