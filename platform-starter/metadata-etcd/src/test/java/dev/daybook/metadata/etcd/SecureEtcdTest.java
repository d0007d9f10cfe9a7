package dev.daybook.metadata.etcd;

import static dev.daybook.client.meta.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.Samples;
import dev.daybook.client.security.Certificates;
import dev.daybook.client.security.MetadataSecurity;
import dev.daybook.client.security.Secret;
import dev.daybook.client.security.TlsConfig;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.Permission;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that speaks TLS only, asks for certificates, and knows one user who may touch one cluster's keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureEtcdTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final MetadataTimeouts PATIENT = new MetadataTimeouts(LONG, Duration.ofSeconds(3), LONG);
    private static final MetadataTimeouts HASTY =
            new MetadataTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(2));
    private static final String ROOT = "/theirs";

    private Path folder = Path.of("");
    private Certificates alice = new Certificates(folder, folder);
    private Certificates service = alice;
    private TestEtcd etcd;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        service = Certificates.make(folder, "service", "ip:127.0.0.1,dns:localhost");
        // Its common name would be its user, if it did not log in.
        alice = Certificates.make(folder, "alice", "dns:alice.example");
        Path authorities = Files.writeString(
                folder.resolve("authorities.pem"),
                Files.readString(alice.certificate()) + Files.readString(service.certificate()));
        etcd = TestEtcd.secured(service, authorities);
        allowOneUser();
    }

    private void allowOneUser() {
        ManagedChannel channel = NettyChannelBuilder.forTarget(
                        "dns:///127.0.0.1:" + etcd.port(), EtcdTls.credentials(trusting(service)))
                .build();
        try {
            AuthGrpc.AuthBlockingStub users = AuthGrpc.newBlockingStub(channel).withWaitForReady();
            var unusedRoot = users.userAdd(AuthUserAddRequest.newBuilder()
                    .setName("root")
                    .setPassword("toor")
                    .build());
            var unusedRootRole = users.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                    .setUser("root")
                    .setRole("root")
                    .build());
            var unusedRole = users.roleAdd(
                    AuthRoleAddRequest.newBuilder().setName("theirs").build());
            var unusedGranted = users.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                    .setName("theirs")
                    .setPerm(Permission.newBuilder()
                            .setPermType(Permission.Type.READWRITE)
                            .setKey(key(ROOT))
                            .setRangeEnd(key(ROOT + "0")))
                    .build());
            var unusedUser = users.userAdd(AuthUserAddRequest.newBuilder()
                    .setName("daybook")
                    .setPassword("sesame")
                    .build());
            var unusedUserRole = users.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                    .setUser("daybook")
                    .setRole("theirs")
                    .build());
            var unusedEnabled = users.authEnable(AuthEnableRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    private static ByteString key(String text) {
        return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }

    @AfterAll
    void stop() {
        if (etcd != null) {
            etcd.close();
        }
    }

    private TlsConfig trusting(Certificates trusted) {
        return TlsConfig.trusting(trusted.certificate()).withIdentity(alice.certificate(), alice.key());
    }

    private MetadataSecurity user(String password) {
        return MetadataSecurity.tls(trusting(service)).withLogin("daybook", Secret.of(password));
    }

    private MetadataAccess access(String root, MetadataTimeouts timeouts, MetadataSecurity security) {
        return new MetadataAccess(etcd.uri(root), timeouts, security);
    }

    private static LedgerException refusal(MetadataAccess access) {
        return catchThrowableOfType(
                LedgerException.class,
                () -> MetadataStores.connectOrInitialise(access).close());
    }

    @Test
    void aStoreWorksAndLogsInAgainWhenItsTokenIsForgotten() {
        try (MetadataStore store = MetadataStores.connectOrInitialise(access(ROOT, PATIENT, user("sesame")))) {
            get(store.create(Samples.ledger(7), Samples.metadata(1)));
            AtomicInteger heard = new AtomicInteger();
            try (MetadataStore.Subscription watch =
                    store.watch(Samples.ledger(7), record -> heard.set(record.isPresent() ? 1 : 2))) {
                Eventually.that("the record is seen", () -> heard.get() == 1);
                etcd.kill();
                etcd.start();
                assertThat(get(store.read(Samples.ledger(7)))).isPresent();
                get(store.delete(Samples.ledger(7)));
                Eventually.that("the deletion is seen, over " + watch, () -> heard.get() == 2);
            }
        }
    }

    @Test
    void aWrongPasswordIsTold() {
        assertThat(refusal(access(ROOT, PATIENT, user("guess"))))
                .hasMessageContaining("daybook.metadata.username")
                .hasMessageNotContaining("guess");
    }

    @Test
    void whatTheUserMayNotTouchIsTold() {
        assertThat(refusal(access("/elsewhere", PATIENT, user("sesame"))))
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("daybook.metadata.username");
    }

    @Test
    void whoeverCannotBeSpokenToSecurelyIsNotSpokenTo() {
        Certificates stranger = Certificates.make(folder, "stranger", "ip:127.0.0.1");
        assertThat(refusal(access(ROOT, HASTY, MetadataSecurity.tls(trusting(stranger)))))
                .hasMessageContaining("did not answer")
                .hasMessageContaining("daybook.metadata.tls");
        assertThat(refusal(access(ROOT, HASTY, MetadataSecurity.NONE))).hasMessageContaining("did not answer");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        MetadataSecurity absent = MetadataSecurity.tls(TlsConfig.trusting(folder.resolve("absent.pem")));
        assertThat(refusal(access(ROOT, HASTY, absent)).reason()).isEqualTo(Reason.BAD_ARGUMENT);
        assertThat(refusal(access(ROOT, HASTY, absent)))
                .hasMessageContaining("absent.pem")
                .hasMessageContaining("daybook.metadata.tls.trusted-certificates");
        MetadataSecurity careless = MetadataSecurity.tls(trusting(service).withVerifyHostName(false));
        assertThat(refusal(access(ROOT, HASTY, careless)))
                .hasMessageContaining("daybook.metadata.tls.verify-host-name");
    }
}
