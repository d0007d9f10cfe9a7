package dev.daybook.protocol.format;

import static dev.daybook.protocol.format.MetadataVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Dumps of whole clusters: every node that carries bytes is understood and written again as it was. */
class MetadataTreeVectorTest {
    @TestFactory
    Stream<DynamicTest> understandsEveryNode() {
        return MetadataVectors.TREES.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    JsonNode dump = MetadataVectors.read("zookeeper-tree/" + name + ".json");
                    String root = clusterRoot(dump);
                    LedgerLayout layout = layoutOf(dump, root);
                    for (JsonNode node : dump.get("znodes")) {
                        String path = node.get("path").asString().substring(root.length());
                        assertUnderstood(path, hex(node, "hex"), layout);
                    }
                }));
    }

    /** Some dumps show a part of the cluster's tree only. */
    private static String clusterRoot(JsonNode dump) {
        return dump.get("root").asString().replaceFirst("/(available|underreplication)$", "");
    }

    /** Dumps of subtrees have no LAYOUT and no ledgers either. */
    private static LedgerLayout layoutOf(JsonNode dump, String root) {
        return StreamSupport.stream(dump.get("znodes").spliterator(), false)
                .filter(node -> node.get("path").asString().equals(root + "/LAYOUT"))
                .map(node -> LayoutFormat.parse(hex(node, "hex")))
                .findFirst()
                .orElse(LedgerLayout.HIERARCHICAL);
    }

    private static void assertUnderstood(String path, byte[] bytes, LedgerLayout layout) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (bytes.length == 0) {
            assertThat(LedgerPaths.ledgerAt(layout, path)).isEmpty();
        } else if (path.equals("/LAYOUT")) {
            assertThat(LayoutFormat.serialize(layout)).isEqualTo(bytes);
        } else if (path.startsWith("/cookies/")) {
            assertThat(CookieFormat.serialize(CookieFormat.parse(bytes))).isEqualTo(bytes);
        } else if (path.startsWith("/available/")) {
            BookieServiceInfo service = ServiceInfoFormat.parse(new BookieId(name), bytes);
            assertThat(ServiceInfoFormat.serialize(service)).isEqualTo(bytes);
        } else if (path.startsWith("/underreplication/")) {
            assertRepairNodeUnderstood(path, name, bytes);
        } else if (!path.equals("/INSTANCEID")) {
            assertLedgerUnderstood(path, bytes, layout);
        }
    }

    private static void assertLedgerUnderstood(String path, byte[] bytes, LedgerLayout layout) {
        Optional<LedgerId> ledger = LedgerPaths.ledgerAt(layout, path);
        assertThat(ledger).as(path).isPresent();
        assertThat(LedgerPaths.path(layout, ledger.orElseThrow())).isEqualTo(path);
        LedgerMetadata metadata = LedgerMetadataFormat.parse(bytes, OptionalLong.of(1L));
        if (metadata.custom().size() < 2) {
            assertThat(LedgerMetadataFormat.serialize(metadata)).as(path).isEqualTo(bytes);
        } else {
            assertThat(LedgerMetadataFormat.parse(LedgerMetadataFormat.serialize(metadata), OptionalLong.empty()))
                    .isEqualTo(metadata);
        }
    }

    private static void assertRepairNodeUnderstood(String path, String name, byte[] bytes) {
        if (name.equals("LAYOUT")) {
            UnderReplicationFormat.checkLayout(bytes);
            assertThat(UnderReplicationFormat.layout()).isEqualTo(bytes);
        } else if (name.endsWith("ctime")) {
            assertThat(UnderReplicationFormat.serializeCheckTime(UnderReplicationFormat.parseCheckTime(bytes)))
                    .isEqualTo(bytes);
        } else if (name.equals("lostBookieRecoveryDelay")) {
            assertThat(UnderReplicationFormat.serializeDelaySeconds(UnderReplicationFormat.parseDelaySeconds(bytes)))
                    .isEqualTo(bytes);
        } else if (path.startsWith("/underreplication/ledgers/")) {
            LedgerId ledger = LedgerPaths.markedLedger(name).orElseThrow();
            assertThat(LedgerPaths.underReplicated(ledger)).isEqualTo(path);
            assertThat(UnderReplicationFormat.serializeMark(UnderReplicationFormat.parseMark(bytes)))
                    .isEqualTo(bytes);
        } else {
            String holder = UnderReplicationFormat.parseHolder(bytes);
            assertThat(holder).as(path).isNotEmpty();
            assertThat(UnderReplicationFormat.serializeHolder(holder)).isEqualTo(bytes);
        }
    }
}
