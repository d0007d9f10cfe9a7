package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.ZKUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trees that clusters of the peer have left, loaded into a server and read through the store. */
class ZooKeeperTreeDumpTest {
    private TestZooKeeper zooKeeper;
    private TestZooKeeper.Client loader;
    private @Nullable ZooKeeperMetadataStore opened;

    @BeforeEach
    void startServer() {
        zooKeeper = new TestZooKeeper();
        loader = zooKeeper.client();
    }

    @AfterEach
    void stopServer() {
        if (opened != null) {
            opened.close();
        }
        loader.close();
        zooKeeper.close();
    }

    private TreeDump load(String name) throws Exception {
        TreeDump dump = TreeDump.read(name);
        dump.loadInto(loader.nodes());
        opened = ZooKeeperMetadataStore.connect(
                zooKeeper.uri("", dump.root()), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30));
        return dump;
    }

    private ZooKeeperMetadataStore store() {
        return Objects.requireNonNull(opened, "load a tree first");
    }

    private List<Long> ledgers() {
        return get(store().ledgers(Optional.empty(), 100)).stream()
                .map(LedgerId::value)
                .toList();
    }

    /** Every record is read, carries its node's version and would be written as it was. */
    private void assertRecords(TreeDump dump) {
        for (long id : ledgers()) {
            Versioned<LedgerMetadata> stored = get(store().read(ledger(id))).orElseThrow();
            TreeDump.Node node = dump.node(LedgerPaths.path(store().layout(), ledger(id)));
            assertThat(stored.version()).isEqualTo(node.version());
            if (stored.value().custom().size() < 2) {
                assertThat(LedgerMetadataFormat.serialize(stored.value())).isEqualTo(node.bytes());
            }
        }
    }

    @Test
    void readsAFreshCluster() throws Exception {
        TreeDump dump = load("01-after-initnewcluster");
        assertThat(ledgers()).isEmpty();
        assertThat(get(store().instanceId())).contains(dump.text("/INSTANCEID"));
        assertThat(store().bookies()).isEqualTo(new BookieSnapshot(List.of(), List.of()));
        assertThat(get(store().generateLedgerId())).isEqualTo(ledger(0));
    }

    @Test
    void initialisesAClusterAsThePeerDoes() throws Exception {
        ZooKeeperMetadataStore.initialise(
                zooKeeper.uri("+hierarchical", "/ledgers"), Duration.ofSeconds(30), Duration.ofSeconds(5));
        TreeDump dump = TreeDump.read("01-after-initnewcluster");
        assertThat(Set.copyOf(ZKUtil.listSubTreeBFS(loader.nodes(), "/ledgers")))
                .isEqualTo(dump.paths());
        assertThat(loader.nodes().getData("/ledgers/LAYOUT", false, null))
                .isEqualTo(dump.node("/LAYOUT").bytes());
        assertThat(loader.nodes().getData("/ledgers/INSTANCEID", false, null)).hasSize(36);
    }

    @Test
    void readsBookies() throws Exception {
        load("02-bookies-registered");
        assertThat(store().bookies())
                .isEqualTo(new BookieSnapshot(
                        List.of(bookie("bookie1:3181"), bookie("bookie2:3182"), bookie("rack1-bookie-3")), List.of()));
        assertThat(get(store().resolve(bookie("rack1-bookie-3")))).contains(new BookieAddress("bookie3", 3183));
        assertThat(get(store().bookieRecords()))
                .hasSize(3)
                .allMatch(record -> record.state() == BookieRecord.State.WRITABLE)
                .anyMatch(record -> record.service().endpoints().size() == 2);
        assertThat(get(store().registry().readCookie(bookie("bookie1:3181")))).isPresent();
    }

    @Test
    void readsLedgersOfEveryFormat() throws Exception {
        TreeDump dump = load("03-ledgers-created");
        assertThat(ledgers())
                .containsExactly(
                        0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 2_147_483_646L, 2_147_483_647L, 1_234_567_890_123_456_789L);
        assertRecords(dump);
        assertThat(get(store().read(ledger(1))).orElseThrow().value().state()).isEqualTo(LedgerState.OPEN);
        assertThat(get(store().read(ledger(4))).orElseThrow().value().formatVersion())
                .isEqualTo(1);
        assertThat(get(store().read(ledger(3))).orElseThrow().value().createdStored())
                .isTrue();
    }

    @Test
    void prunesAsThePeerDoes() throws Exception {
        load("03-ledgers-created");
        get(store().delete(ledger(7)));
        get(store().delete(ledger(1_234_567_890_123_456_789L)));
        assertThat(Set.copyOf(ZKUtil.listSubTreeBFS(loader.nodes(), "/ledgers")))
                .isEqualTo(TreeDump.read("03b-after-deleting-two-ledgers").paths());
    }

    @Test
    void readsABookieThatIsReadOnly() throws Exception {
        load("04-one-bookie-readonly");
        assertThat(store().bookies())
                .isEqualTo(new BookieSnapshot(
                        List.of(bookie("bookie2:3182"), bookie("rack1-bookie-3")), List.of(bookie("bookie1:3181"))));
        assertThat(get(store().resolve(bookie("bookie1:3181")))).contains(new BookieAddress("bookie1", 3181));
    }

    @Test
    void findsTheAuditor() throws Exception {
        load("05-autorecovery-running");
        assertThat(get(store().repairs().auditor())).contains("bookie9:3189");
        assertThat(get(store().repairs().enabled())).isTrue();
        assertThat(get(store().repairs().marked(Optional.empty(), 10))).isEmpty();
    }

    @Test
    void listsUnderReplicatedLedgers() throws Exception {
        TreeDump dump = load("06-bookie2-lost");
        List<UnderReplicatedLedger> marks = get(store().repairs().marked(Optional.empty(), 100));
        assertThat(marks).extracting(mark -> mark.ledger().value()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(marks).allMatch(mark -> mark.missing().equals(List.of(bookie("bookie2:3182"))));
        assertThat(marks).allMatch(mark -> mark.markedMillis().isPresent());
        assertThat(marks.stream().filter(mark -> mark.lockedBy().isPresent()))
                .extracting(mark -> mark.ledger().value())
                .containsExactly(0L, 4L);
        assertThat(marks.get(0).lockedBy()).contains("replicator1");
        assertThat(get(store().repairs().marked(Optional.empty(), 3))).isEqualTo(marks.subList(0, 3));
        assertThat(get(store().bookieRecords()))
                .filteredOn(record -> record.state() == BookieRecord.State.DOWN)
                .extracting(BookieRecord::id)
                .containsExactly(bookie("bookie2:3182"));
        assertRecords(dump);
    }

    @Test
    void readsARepairedCluster() throws Exception {
        assertRecords(load("07-after-replacement"));
        assertThat(get(store().repairs().marked(Optional.empty(), 10))).isEmpty();
        assertThat(get(store().read(ledger(5))).orElseThrow().value().state()).isEqualTo(LedgerState.CLOSED);
    }

    @Test
    void seesThatAutoRecoveryIsOff() throws Exception {
        load("08-autorecovery-disabled");
        assertThat(get(store().repairs().enabled())).isFalse();
    }

    @Test
    void readsAClusterWhoseBookiesStopped() throws Exception {
        load("09-after-graceful-stop");
        assertThat(store().bookies()).isEqualTo(new BookieSnapshot(List.of(), List.of()));
    }

    @Test
    void readsLongIdsAndDrawsFurtherOnes() throws Exception {
        TreeDump dump = load("10-longhierarchical-63bit-ids");
        assertThat(ledgers()).containsExactly(5L, 4_294_967_296L, 4_294_967_297L, 4_294_967_298L);
        assertRecords(dump);
        assertThat(get(store().generateLedgerId()).value()).isGreaterThanOrEqualTo(1L << 32);
    }

    @Test
    void readsTheFlatLayout() throws Exception {
        TreeDump dump = load("11-flat");
        assertThat(ledgers()).containsExactly(4L, 6L, 8L);
        assertRecords(dump);
        assertThat(get(store().generateLedgerId()).value()).isPositive();
    }

    @Test
    void readsAFormattedCluster() throws Exception {
        load("12-after-metaformat");
        assertThat(ledgers()).isEmpty();
    }

    @Test
    void readsAClusterWithRecoveryInsideABookie() throws Exception {
        TreeDump dump = load("13-embedded-autorecovery");
        assertThat(ledgers()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertRecords(dump);
        assertThat(get(store().repairs().marked(Optional.empty(), 10))).hasSize(5);
        assertThat(get(store().repairs().auditor()))
                .hasValueSatisfying(auditor -> assertThat(auditor).startsWith("bookie1"));
    }
}
