package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bookies of one kind join a cluster whose root the tools of the other kind have made, and made anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterBirthTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final int ENTRIES = 20;
    private static final int SIZE = 300;

    private Programs programs;
    private ChildProcess zooKeeper;
    private String service;

    @BeforeAll
    void start(@TempDir Path folder) {
        programs = new Programs(folder);
        int port = Programs.freePort();
        zooKeeper = programs.zooKeeper(port);
        service = "127.0.0.1:" + port;
    }

    @AfterAll
    void stop() {
        zooKeeper.close();
    }

    private String printed(ChildProcess command) {
        try (command) {
            return command.awaitOutput(PATIENCE);
        }
    }

    /** Both clients write, and each reads what the other one wrote. */
    private void writeAndRead(String uri) {
        ClusterSetUp.awaitWritable(uri, 1, PATIENCE);
        String whole = Payloads.summary(ENTRIES, SIZE);
        try (OurClient ours = new OurClient(uri, Generation.V3);
                OfficialClient theirs = programs.officialClient(uri, "v3")) {
            AppendLedger writer = ours.create(ALONE, DigestType.CRC32C);
            OurClient.append(writer, ENTRIES, SIZE);
            OurClient.await(writer.closeLedger());
            assertThat(theirs.ask(
                            "read %d CRC32C pw plain".formatted(writer.id().value())))
                    .isEqualTo(whole);
            long ledger = Long.parseLong(theirs.ask("create 1 1 1 CRC32C pw"));
            theirs.ask("add %d %d %d".formatted(ledger, ENTRIES, SIZE));
            theirs.ask("close " + ledger);
            assertThat(ours.read(ledger, false)).isEqualTo(whole);
        }
    }

    private static String instance(String uri) {
        try (MetadataStore store = Copies.connected(uri)) {
            return OurClient.await(store.instanceId()).orElseThrow();
        }
    }

    @Test
    void anOfficialBookieJoinsWhatOurToolsHaveMade() {
        String uri = "zk+longhierarchical://" + service + "/ours";
        int port = Programs.freePort();
        assertThat(printed(programs.command("cluster", "init", "--metadata-uri", uri)))
                .contains("Created the cluster");
        try (ChildProcess bookie = programs.officialBookie(uri, port)) {
            writeAndRead(uri);
            assertThat(bookie.isAlive()).isTrue();
        }
        ClusterSetUp.awaitGone(uri, PATIENCE);

        String former = instance(uri);
        printed(programs.command("cluster", "format", "--yes", former, "--metadata-uri", uri));
        assertThat(instance(uri)).isNotEqualTo(former);
        try (ChildProcess stranger = programs.officialBookie(uri, port)) {
            assertThat(stranger.awaitExit(PATIENCE))
                    .as("its data are of the cluster before")
                    .isNotZero();
        }
        programs.wipe("127.0.0.1:" + port);
        try (ChildProcess bookie = programs.officialBookie(uri, port)) {
            writeAndRead(uri);
            assertThat(bookie.isAlive()).isTrue();
        }
    }

    @Test
    void ourBookieJoinsWhatTheOfficialToolsHaveMade() {
        // The layout that these tools make, whatever the address asks for.
        String uri = "zk+hierarchical://" + service + "/official";
        int port = Programs.freePort();
        printed(programs.officialShell(uri, "initnewcluster"));
        try (ChildProcess bookie = programs.startBookie(uri, port, "--no-init-cluster")) {
            writeAndRead(uri);
            assertThat(bookie.isAlive()).isTrue();
        }
        ClusterSetUp.awaitGone(uri, PATIENCE);

        String former = instance(uri);
        printed(programs.officialShell(uri, "metaformat", "-nonInteractive", "-force"));
        assertThat(instance(uri)).isNotEqualTo(former);
        try (ChildProcess stranger = programs.startBookie(uri, port, "--no-init-cluster")) {
            assertThat(stranger.awaitExit(PATIENCE))
                    .as("its data are of the cluster before")
                    .isNotZero();
        }
        programs.wipe("127.0.0.1:" + port);
        try (ChildProcess bookie = programs.startBookie(uri, port, "--no-init-cluster")) {
            writeAndRead(uri);
            assertThat(bookie.isAlive()).isTrue();
        }
    }
}
