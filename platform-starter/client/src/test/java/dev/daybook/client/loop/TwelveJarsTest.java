package dev.daybook.client.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.client.security.TlsConfig;
import dev.daybook.metrics.ClientMetrics;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client with plain connections needs nothing that is optional: no TLS of Netty's, no annotations. */
class TwelveJarsTest {
    private static final List<String> OPTIONAL =
            List.of("netty-handler", "native-unix-common", "classes-epoll", "jspecify");

    @Test
    void connectsWithoutWhatIsOptional() throws Exception {
        assertThat(probe("run")).isEqualTo("METADATA_UNAVAILABLE");
    }

    @Test
    void saysWhatTlsLacks() throws Exception {
        assertThat(probe("secured"))
                .asString()
                .contains("needs io.netty:netty-handler")
                .contains("daybook.tls.");
    }

    @Test
    void saysWhatTlsToZooKeeperLacks() throws Exception {
        assertThat(probe("securedMetadata"))
                .asString()
                .contains("io.netty:netty-handler", "io.netty:netty-transport-classes-epoll")
                .contains("daybook.metadata.tls.");
    }

    private static Object probe(String method) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] plain = Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> OPTIONAL.stream().noneMatch(new File(entry).getName()::contains))
                .map(TwelveJarsTest::toUrl)
                .toArray(URL[]::new);
        try (URLClassLoader classes = new URLClassLoader(plain, ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = classes.loadClass(Probe.class.getName());
            return probe.getMethod(method).invoke(null);
        }
    }

    private static URL toUrl(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs in a class loader of its own. */
    public static final class Probe {
        private Probe() {}

        public static String secured() throws IOException {
            Path trusted = Files.createTempFile("trusted", ".pem");
            SecurityConfig tls = new SecurityConfig(Optional.of(TlsConfig.trusting(trusted)), Optional.empty());
            ClientConfig config = ClientConfig.of(MetadataUri.parse("zk://127.0.0.1:2181/ledgers"))
                    .withSecurity(tls);
            try {
                new LoopLedgerClient(config, new InMemoryMetadataStore(), ClientMetrics.NONE).close();
                return "made";
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            } finally {
                Files.delete(trusted);
            }
        }

        public static String securedMetadata() throws IOException {
            Path trusted = Files.createTempFile("trusted", ".pem");
            Duration soon = Duration.ofMillis(300);
            MetadataAccess access = new MetadataAccess(
                    MetadataUri.parse("zk://127.0.0.1:2181/ledgers"),
                    new MetadataTimeouts(soon, soon, soon),
                    MetadataSecurity.tls(TlsConfig.trusting(trusted)));
            try {
                MetadataStores.connect(access).close();
                return "connected to nobody";
            } catch (LedgerException e) {
                return String.valueOf(e.getMessage());
            } finally {
                Files.delete(trusted);
            }
        }

        public static String run() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            MetadataUri uri = MetadataUri.parse("zk://127.0.0.1:" + port + "/ledgers");
            new LoopLedgerClient(ClientConfig.of(uri), new InMemoryMetadataStore(), ClientMetrics.NONE).close();
            Duration soon = Duration.ofMillis(300);
            try {
                MetadataStores.connect(uri, new MetadataTimeouts(soon, soon, soon))
                        .close();
                return "connected to nobody";
            } catch (LedgerException e) {
                return e.reason().name();
            }
        }
    }
}
