package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.Eventually;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordedTerms;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The nodes and bytes that auditors and workers of other implementations read and write, against the peer's vectors. */
class RepairTreeTest {
    private static final String TREE = "/ledgers/underreplication";
    private static final Path VECTORS = Path.of("..", "protocol", "src", "test", "resources", "vectors-metadata");

    private final TestZooKeeper zooKeeper = new TestZooKeeper();
    private final TestZooKeeper.Client peer = zooKeeper.client();
    private final ZooKeeperMetadataStore store = ZooKeeperMetadataStore.connectOrInitialise(
            zooKeeper.uri("", "/ledgers"), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30));
    private final RepairStore repairs = store.repairs();
    private JsonNode vectors;

    @BeforeEach
    void readVectors() throws Exception {
        vectors = new JsonMapper().readTree(Files.readString(VECTORS.resolve("underreplication.json")));
    }

    @AfterEach
    void close() {
        store.close();
        peer.close();
        zooKeeper.close();
    }

    private byte[] bytes(String path) throws Exception {
        return peer.nodes().getData(TREE + path, false, null);
    }

    private Set<String> children(String path) throws Exception {
        return new HashSet<>(peer.nodes().getChildren(TREE + path, false));
    }

    private void put(String path, byte[] bytes, CreateMode mode) throws Exception {
        peer.nodes().create(TREE + path, bytes, ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    }

    private byte[] vector(String name) {
        return HexFormat.of().parseHex(vectors.get(name).get("hex").asString());
    }

    @Test
    void marksAndLocksAreThePeers() throws Exception {
        JsonNode paths = new JsonMapper().readTree(Files.readString(VECTORS.resolve("ledger-paths.json")));
        for (JsonNode path : paths.get("paths")) {
            if (path.get("validLedgerId").asBoolean()) {
                LedgerId ledger =
                        new LedgerId(Long.parseLong(path.get("ledgerId").asString()));
                get(repairs.mark(ledger, Set.of(bookie("bookie2:3181"), bookie("bookie1:3181"))));
                String mark = path.get("underreplicated").asString().substring("/underreplication".length());
                String[] lines = new String(bytes(mark), StandardCharsets.UTF_8).split("\n", -1);
                assertThat(lines[0]).isEqualTo("replica: \"bookie1:3181\"");
                assertThat(lines[1]).isEqualTo("replica: \"bookie2:3181\"");
                assertThat(lines[2]).matches("ctime: \\d{13}");
                assertThat(lines[3]).isEmpty();
                LedgerLock lock = get(repairs.lock(ledger, "host1.example")).orElseThrow();
                String locked = path.get("underreplicationLock").asString().substring("/underreplication".length());
                assertThat(bytes(locked)).isEqualTo(vector("lockData"));
                get(lock.release());
                assertThat(peer.nodes().exists(TREE + locked, false)).isNull();
            }
        }
        assertThat(children("")).containsExactlyInAnyOrder("LAYOUT", "ledgers", "locks");
        assertThat(bytes("/LAYOUT")).isEqualTo(vector("layout"));
        assertThat(bytes("/ledgers")).isEmpty();
        assertThat(bytes("/locks")).isEmpty();
    }

    @Test
    void everyMarkOfThePeerIsRead() throws Exception {
        get(repairs.mark(ledger(1), Set.of())); // Makes the directories, too.
        for (JsonNode mark : vectors.get("underreplicatedLedger")) {
            peer.nodes()
                    .setData(
                            TREE + "/ledgers/0000/0000/0000/0001/urL0000000001",
                            HexFormat.of().parseHex(mark.get("hex").asString()),
                            -1);
            UnderReplicatedLedger read =
                    get(repairs.marked(Optional.empty(), 10)).get(0);
            assertThat(read.missing())
                    .extracting(BookieId::value)
                    .containsExactlyElementsOf(mark.get("replicas")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
            assertThat(read.markedMillis().isPresent())
                    .isEqualTo(!mark.get("ctime").isNull());
            assertThat(get(repairs.findMark(ledger(1))).orElseThrow().value().missing())
                    .isEqualTo(read.missing());
        }
    }

    @Test
    void votesAreThePeers() throws Exception {
        RecordedTerms terms = new RecordedTerms();
        Subscription standing = repairs.stand("bookie1:3181", terms);
        terms.await(1);
        assertThat(children("/auditorelection")).containsExactly("V_0000000000");
        assertThat(bytes("/auditorelection/V_0000000000")).isEqualTo(vector("auditorVote"));
        assertThat(peer.nodes()
                        .exists(TREE + "/auditorelection/V_0000000000", false)
                        .getEphemeralOwner())
                .isEqualTo(store.sessionId());
        assertThat(bytes("/auditorelection")).isEqualTo(vector("auditorVote"));
        standing.close();
        Eventually.that("the vote is taken back", () -> get(repairs.auditor()).isEmpty());
    }

    @Test
    void thePeerIsTheAuditorAsLongAsItsVoteStands() throws Exception {
        get(repairs.mark(ledger(1), Set.of())); // Makes the directories, too.
        TestZooKeeper.Client auditor = zooKeeper.client();
        put("/auditorelection", new byte[0], CreateMode.PERSISTENT);
        auditor.nodes()
                .create(
                        TREE + "/auditorelection/V_",
                        "bookieId: \"peer:3181\"\n".getBytes(StandardCharsets.UTF_8),
                        ZooDefs.Ids.OPEN_ACL_UNSAFE,
                        CreateMode.EPHEMERAL_SEQUENTIAL);
        RecordedTerms terms = new RecordedTerms();
        Subscription unused = repairs.stand("bookie1:3181", terms);
        Eventually.that("the vote is cast", () -> numberOfVotes() == 2);
        assertThat(get(repairs.auditor())).contains("peer:3181");
        assertThat(terms.count()).isZero();
        auditor.close();
        terms.await(1);
        assertThat(get(repairs.auditor())).contains("bookie1:3181");
        assertThat(bytes("/auditorelection")).isEqualTo(vector("auditorVote"));
    }

    private int numberOfVotes() {
        try {
            return children("/auditorelection").size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOtherValuesAreThePeers() throws Exception {
        get(repairs.setLostBookieDelay(60));
        assertThat(bytes("/lostBookieRecoveryDelay")).isEqualTo(vector("lostBookieRecoveryDelay"));
        long millis = vectors.get("checkallledgersctime").get("millis").asLong();
        get(repairs.pretendCompleted(Search.MISSING_COPIES, millis));
        get(repairs.pretendCompleted(Search.PLACEMENT, millis));
        get(repairs.pretendCompleted(Search.REPLICA_COUNT, millis));
        for (String node : Set.of("checkallledgersctime", "placementpolicycheckctime", "replicascheckctime")) {
            assertThat(bytes("/" + node)).isEqualTo(vector(node));
        }
        get(repairs.pretendCompleted(Search.MISSING_COPIES, -1));
        assertThat(bytes("/checkallledgersctime")).isEqualTo(vector("checkallledgersctime_minus1"));
        get(repairs.setEnabled(false));
        assertThat(bytes("/disable")).isEmpty();
        get(repairs.setEnabled(true));
        assertThat(peer.nodes().exists(TREE + "/disable", false)).isNull();
    }

    @Test
    void unmarkingPrunesAsThePeerDoes() throws Exception {
        get(repairs.mark(ledger(1), Set.of()));
        get(repairs.mark(ledger(0x1_0001), Set.of()));
        unmark(0x1_0001);
        assertThat(children("/ledgers/0000/0000")).containsExactly("0000");
        unmark(1);
        assertThat(children("/ledgers")).isEmpty();
    }

    private void unmark(long id) {
        long version = get(repairs.findMark(ledger(id))).orElseThrow().version();
        assertThat(get(repairs.unmark(ledger(id), version))).isTrue();
    }

    @Test
    void whatIsNoMarkIsLeftOutAndWhatIsUnreadableHidesNoOther() throws Exception {
        get(repairs.mark(ledger(1), Set.of(bookie("a:1"))));
        get(repairs.mark(ledger(2), Set.of(bookie("b:1"))));
        put("/ledgers/strange", new byte[0], CreateMode.PERSISTENT);
        put("/ledgers/0000/0000/0000/0001/urL0000000007", new byte[0], CreateMode.PERSISTENT);
        peer.nodes().setData(TREE + "/ledgers/0000/0000/0000/0001/urL0000000001", new byte[] {'{'}, -1);
        assertThat(get(repairs.marked(Optional.empty(), 10)))
                .extracting(mark -> mark.ledger().value() + " " + mark.missing())
                .containsExactly("1 []", "2 [b:1]");
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(repairs.findMark(ledger(1))))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CORRUPT));
    }

    @Test
    void anotherLayoutIsLeftAlone() throws Exception {
        put("", new byte[0], CreateMode.PERSISTENT);
        put("/LAYOUT", "type: \"BASIC\"\nversion: 2\n".getBytes(StandardCharsets.UTF_8), CreateMode.PERSISTENT);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(repairs.mark(ledger(1), Set.of())))
                .withMessageContaining("use a newer version");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> get(repairs.lock(ledger(1), "host")));
        assertThat(children("")).containsExactly("LAYOUT");
    }

    @Test
    void worksOnAfterTheWholeTreeWasRemoved() throws Exception {
        get(repairs.mark(ledger(1), Set.of(bookie("a:1"))));
        ZKUtil.deleteRecursive(peer.nodes(), TREE);
        assertThat(get(repairs.marked(Optional.empty(), 10))).isEmpty();
        get(repairs.mark(ledger(1), Set.of(bookie("a:1"))));
        assertThat(get(repairs.lock(ledger(1), "host"))).isPresent();
        get(repairs.setEnabled(false));
        assertThat(children("")).containsExactlyInAnyOrder("LAYOUT", "ledgers", "locks", "disable");
    }
}
