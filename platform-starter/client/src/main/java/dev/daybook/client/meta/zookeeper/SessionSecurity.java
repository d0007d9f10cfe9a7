package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.MetadataSecurity.Login;
import dev.daybook.client.security.PemFiles;
import dev.daybook.client.security.TlsConfig.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sessions of one store are secured. With a login, nodes belong to its user alone: whoever else is to use the cluster
 * logs in as the same one. ZooKeeper's client takes certificate and key from one file only, so there is a file with both,
 * for this user of the machine only, as long as the store is open.
 */
final class SessionSecurity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSecurity.class);
    private static final String DIGEST = "digest";
    private static final List<String> NEEDED =
            List.of("io.netty.handler.ssl.SslContext", "io.netty.channel.epoll.Epoll");

    private final MetadataSecurity security;
    private final List<ACL> acl;
    private @Nullable Path identity;

    /** @throws IllegalArgumentException with one sentence if it cannot work */
    SessionSecurity(MetadataSecurity security) {
        this.security = security;
        this.acl = security.login().map(SessionSecurity::aclOf).orElse(ZooDefs.Ids.OPEN_ACL_UNSAFE);
        security.tls().ifPresent(tls -> {
            checkClassPath();
            PemFiles.check(tls, "daybook.metadata.tls");
        });
    }

    private static void checkClassPath() {
        for (String name : NEEDED) {
            try {
                Class.forName(name, false, SessionSecurity.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(
                        "TLS to ZooKeeper (daybook.metadata.tls.*) needs io.netty:netty-handler and"
                                + " io.netty:netty-transport-classes-epoll on the class path; add them beside daybook-client,"
                                + " or use the Spring Boot starter, which brings them",
                        e);
            }
        }
    }

    private static List<ACL> aclOf(Login login) {
        try {
            String digest = DigestAuthenticationProvider.generateDigest(credentials(login));
            return List.of(new ACL(ZooDefs.Perms.ALL, new Id(DIGEST, digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks what ZooKeeper's digests are made with", e);
        }
    }

    private static String credentials(Login login) {
        return login.user() + ":" + new String(login.password().characters());
    }

    /** Whom new nodes belong to. */
    List<ACL> acl() {
        return acl;
    }

    /** For the next session, with the files as they are now. */
    SessionConfig config() throws IOException {
        if (security.tls().isEmpty()) {
            return new SessionConfig();
        }
        Optional<Identity> shown = security.tls().get().identity();
        return SessionConfig.secured(
                security.tls().get(), shown.isPresent() ? Optional.of(together(shown.get())) : Optional.empty());
    }

    private Path together(Identity shown) throws IOException {
        Path file = identity;
        if (file == null) {
            file = Files.createTempFile("daybook-metadata", ".pem"); // Made readable for its owner only.
            file.toFile().deleteOnExit();
            identity = file;
        }
        return Files.writeString(
                file,
                Files.readString(shown.privateKey(), StandardCharsets.US_ASCII)
                        + Files.readString(shown.certificates(), StandardCharsets.US_ASCII),
                StandardCharsets.US_ASCII);
    }

    /** Tells a new session who it is; it says so again on each of its connections. */
    void logIn(ZooKeeper session) {
        security.login()
                .ifPresent(
                        login -> session.addAuthInfo(DIGEST, credentials(login).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        Path file = identity;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The file {} with the key for the metadata service is left over; delete it.", file);
            }
        }
    }
}
