package dev.daybook.boot.bookie;

import dev.daybook.client.net.ReloadingFiles.NamedFile;
import dev.daybook.server.net.Authentication;
import dev.daybook.server.net.BookieTls;
import dev.daybook.server.net.CredentialFile;
import dev.daybook.server.net.NetSecurity;
import dev.daybook.server.net.SaslDigestUsers;
import dev.daybook.server.net.TokenVerification;
import java.nio.file.Path;
import java.util.Optional;

/** Turns the security properties into what the server is told. */
final class BookieSecurity {
    private BookieSecurity() {}

    /** @throws IllegalArgumentException with one sentence that names the property, and the file if one is to blame */
    static NetSecurity of(BookieProperties.Tls tls, BookieProperties.Auth auth) {
        return new NetSecurity(tls(tls), authentication(auth));
    }

    private static Optional<BookieTls> tls(BookieProperties.Tls tls) {
        if (tls.certificate() == null && tls.privateKey() == null) {
            if (tls.clientAuthorities() != null || tls.clientCertificateRequired()) {
                throw new IllegalArgumentException(
                        "daybook.bookie.tls.certificate is not set, so clients cannot be asked for theirs");
            }
            return Optional.empty();
        }
        if (tls.certificate() == null || tls.privateKey() == null) {
            throw new IllegalArgumentException(
                    "daybook.bookie.tls.certificate and daybook.bookie.tls.private-key are given together or not at all");
        }
        return Optional.of(new BookieTls(
                tls.certificate(),
                tls.privateKey(),
                Optional.ofNullable(tls.clientAuthorities()),
                tls.clientCertificateRequired(),
                tls.required(),
                tls.reloadInterval()));
    }

    private static Optional<Authentication> authentication(BookieProperties.Auth auth) {
        if (auth.usersFile() != null && auth.tokensFile() != null) {
            throw new IllegalArgumentException(
                    "daybook.bookie.auth.users-file and daybook.bookie.auth.tokens-file exclude each other");
        }
        if (auth.usersFile() != null) {
            CredentialFile users = credentials("daybook.bookie.auth.users-file", auth.usersFile(), auth);
            return Optional.of(new SaslDigestUsers(users::password));
        }
        if (auth.tokensFile() != null) {
            CredentialFile tokens = credentials("daybook.bookie.auth.tokens-file", auth.tokensFile(), auth);
            return Optional.of(new TokenVerification(tokens::holder));
        }
        return Optional.empty();
    }

    private static CredentialFile credentials(String property, Path file, BookieProperties.Auth auth) {
        return new CredentialFile(new NamedFile(property, file), auth.reloadInterval());
    }
}
