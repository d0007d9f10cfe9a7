package dev.daybook.protocol.format;

import static dev.daybook.protocol.format.MetadataVectors.has;
import static dev.daybook.protocol.format.MetadataVectors.hex;
import static dev.daybook.protocol.format.MetadataVectors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Layout, paths, bookie ids, registrations and the records of the under-replication tree. */
class SmallFormatsVectorTest {
    @Test
    void writesLayouts() {
        int known = 0;
        for (JsonNode vector : MetadataVectors.read("layout.json").get("serialize")) {
            byte[] bytes = hex(vector, "hex");
            if (vector.get("managerFactoryClass").asString().contains("MSLedger")) {
                assertThatExceptionOfType(MalformedMetadataException.class)
                        .isThrownBy(() -> LayoutFormat.parse(bytes))
                        .withMessageContaining("unknown");
            } else {
                assertThat(LayoutFormat.serialize(LayoutFormat.parse(bytes))).isEqualTo(bytes);
                known++;
            }
        }
        assertThat(known).isEqualTo(LedgerLayout.values().length);
    }

    @Test
    void readsLayouts() {
        for (JsonNode vector : MetadataVectors.read("layout.json").get("parse")) {
            byte[] bytes = hex(vector, "hex");
            if (vector.get("accepted").asBoolean()) {
                LedgerLayout layout = LayoutFormat.parse(bytes);
                assertThat(vector.get("managerFactory").asString()).isIn(layout.factoryName(), layout.uriType());
            } else {
                assertThatExceptionOfType(MalformedMetadataException.class).isThrownBy(() -> LayoutFormat.parse(bytes));
            }
        }
    }

    @Test
    void placesLedgersWhereThePeerDoes() {
        for (JsonNode vector : MetadataVectors.read("ledger-paths.json").get("paths")) {
            if (!vector.get("validLedgerId").asBoolean()) {
                for (LedgerLayout layout : LedgerLayout.values()) {
                    assertThat(LedgerPaths.ledgerAt(layout, vector.get("flat").asString()))
                            .isEmpty();
                    assertThat(LedgerPaths.ledgerAt(
                                    layout, vector.get("hierarchical").asString()))
                            .isEmpty();
                    assertThat(LedgerPaths.ledgerAt(
                                    layout, vector.get("longHierarchical").asString()))
                            .isEmpty();
                }
                continue;
            }
            LedgerId ledger = LedgerId.parse(vector.get("ledgerId").asString());
            assertPath(LedgerLayout.FLAT, ledger, vector.get("flat").asString());
            assertPath(
                    LedgerLayout.HIERARCHICAL,
                    ledger,
                    vector.get("hierarchical").asString());
            assertPath(
                    LedgerLayout.LONG_HIERARCHICAL,
                    ledger,
                    vector.get("longHierarchical").asString());
            if (vector.get("legacyHierarchicalIsUnambiguous").asBoolean()) {
                assertPath(
                        LedgerLayout.LEGACY_HIERARCHICAL,
                        ledger,
                        vector.get("legacyHierarchical").asString());
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> LedgerPaths.path(LedgerLayout.LEGACY_HIERARCHICAL, ledger));
            }
            assertThat(LedgerPaths.underReplicated(ledger))
                    .isEqualTo(vector.get("underreplicated").asString());
            String lock = vector.get("underreplicationLock").asString();
            assertThat(LedgerPaths.lock(ledger)).isEqualTo(lock);
            assertThat(LedgerPaths.markedLedger(lock.substring(lock.lastIndexOf('/') + 1)))
                    .contains(ledger);
        }
    }

    private static void assertPath(LedgerLayout layout, LedgerId ledger, String path) {
        assertThat(LedgerPaths.path(layout, ledger)).isEqualTo(path);
        assertThat(LedgerPaths.ledgerAt(layout, path)).contains(ledger);
    }

    @Test
    void acceptsTheSameBookieIds() {
        for (JsonNode vector : MetadataVectors.read("bookie-ids.json")) {
            String id = vector.get("id").asString();
            assertThat(BookieId.isValid(id))
                    .as(id)
                    .isEqualTo(vector.get("valid").asBoolean());
        }
    }

    @Test
    void writesAndReadsRegistrations() {
        for (JsonNode vector : MetadataVectors.read("bookie-service-info.json")) {
            byte[] bytes = hex(vector, "hex");
            if (has(vector, "endpoints")) {
                assertThat(ServiceInfoFormat.serialize(service(vector))).isEqualTo(bytes);
            }
            BookieId reader = new BookieId(vector.get("readForBookieId").asString());
            if (vector.get("readResult").isString()) {
                assertThatExceptionOfType(MalformedMetadataException.class)
                        .isThrownBy(() -> ServiceInfoFormat.parse(reader, bytes));
            } else {
                assertThat(ServiceInfoFormat.parse(reader, bytes)).isEqualTo(service(vector.get("readResult")));
            }
        }
    }

    private static BookieServiceInfo service(JsonNode node) {
        List<BookieEndpoint> endpoints = new ArrayList<>();
        node.get("endpoints")
                .forEach(endpoint -> endpoints.add(new BookieEndpoint(
                        endpoint.get("id").asString(),
                        endpoint.get("host").asString(),
                        endpoint.get("port").asInt(),
                        endpoint.get("protocol").asString(),
                        strings(endpoint.get("auth")),
                        strings(endpoint.get("extensions")))));
        Map<String, String> properties = new HashMap<>();
        node.get("properties")
                .properties()
                .forEach(property ->
                        properties.put(property.getKey(), property.getValue().asString()));
        return new BookieServiceInfo(endpoints, properties);
    }

    @Test
    void writesAndReadsMarks() {
        for (JsonNode vector : MetadataVectors.read("underreplication.json").get("underreplicatedLedger")) {
            UnderReplicationMark mark = new UnderReplicationMark(
                    strings(vector.get("replicas")).stream().map(BookieId::new).toList(),
                    has(vector, "ctime") ? OptionalLong.of(vector.get("ctime").asLong()) : OptionalLong.empty());
            byte[] bytes = hex(vector, "hex");
            assertThat(UnderReplicationFormat.serializeMark(mark)).isEqualTo(bytes);
            assertThat(UnderReplicationFormat.parseMark(bytes)).isEqualTo(mark);
        }
    }

    @Test
    void writesAndReadsTheOtherRepairRecords() {
        JsonNode vectors = MetadataVectors.read("underreplication.json");
        byte[] layout = hex(vectors.get("layout"), "hex");
        assertThat(UnderReplicationFormat.layout()).isEqualTo(layout);
        UnderReplicationFormat.checkLayout(layout);
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> UnderReplicationFormat.checkLayout(new byte[0]));
        for (String holder : List.of("lockData", "auditorVote")) {
            String text = vectors.get(holder).get("bookieId").asString();
            byte[] bytes = hex(vectors.get(holder), "hex");
            assertThat(UnderReplicationFormat.serializeHolder(text)).isEqualTo(bytes);
            assertThat(UnderReplicationFormat.parseHolder(bytes)).isEqualTo(text);
        }
        for (String check : List.of(
                "checkallledgersctime",
                "placementpolicycheckctime",
                "replicascheckctime",
                "checkallledgersctime_minus1")) {
            long millis = vectors.get(check).get("millis").asLong();
            byte[] bytes = hex(vectors.get(check), "hex");
            assertThat(UnderReplicationFormat.serializeCheckTime(millis)).isEqualTo(bytes);
            assertThat(UnderReplicationFormat.parseCheckTime(bytes)).isEqualTo(millis);
        }
        JsonNode delay = vectors.get("lostBookieRecoveryDelay");
        assertThat(UnderReplicationFormat.serializeDelaySeconds(
                        delay.get("seconds").asInt()))
                .isEqualTo(hex(delay, "hex"));
        assertThat(UnderReplicationFormat.parseDelaySeconds(hex(delay, "hex")))
                .isEqualTo(delay.get("seconds").asInt());
    }
}
