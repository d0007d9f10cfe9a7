package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of a bookie at a real port: the reference's paths in its shapes, our own, and who is let in. */
class AdminApiTest extends AdminApiBed {
    @Test
    void onlyWhoShowsTheTokenIsLetIn() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/admin-token"))))
                .isEqualTo("rw-------");
        for (String open : List.of(
                "/heartbeat",
                "/metrics",
                "/api/v1/bookie/is_ready",
                "/api/v1/openapi.json",
                "/api/v1/bookie/usage",
                "/actuator/health",
                "/actuator/prometheus")) {
            assertThat(send("GET", open, null, "").statusCode()).as(open).isEqualTo(200);
            assertThat(send("POST", open, null, "").statusCode()).as(open).isEqualTo(401);
        }
        for (String closed : List.of(
                "/api/v1/ledger/list",
                "/api/v1/bookie/state",
                "/actuator/health/../../api/v1/ledgers",
                "/actuator/env",
                "/heartbeat;x/../api/v1/ledgers",
                "//api/v1/bookie/usage",
                "/nothing")) {
            assertThat(send("GET", closed, null, "").statusCode()).as(closed).isIn(400, 401);
            assertThat(send("GET", closed, "Bearer wrong", "").statusCode())
                    .as(closed)
                    .isIn(400, 401);
        }
        HttpResponse<String> refused = send("GET", "/api/v1/ledgers", "Basic " + token, "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"daybook\"");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("daybook.bookie.http.token-file").doesNotContain(token);
    }

    @Test
    void theReferencesLedgersWithoutTheirPasswords() throws Exception {
        String ledger = ledger("sesame");
        String metadata = get("/api/v1/ledger/metadata?ledger_id=" + ledger);
        JsonNode record = JsonMapper.shared().readTree(metadata).get(ledger);
        assertThat(record.propertyNames())
                .containsExactly(
                        "ledgerId",
                        "metadataFormatVersion",
                        "ensembleSize",
                        "writeQuorumSize",
                        "ackQuorumSize",
                        "state",
                        "length",
                        "lastEntryId",
                        "ctime",
                        "digestType",
                        "password",
                        "customMetadata",
                        "closed",
                        "allEnsembles",
                        "ctoken");
        assertThat(record.get("closed").asBoolean()).isTrue();
        assertThat(record.get("lastEntryId").asLong()).isEqualTo(1);
        assertThat(record.at("/allEnsembles/0/0/id").asString()).isEqualTo("bookie-1");
        String all = metadata
                + get("/api/v1/ledger/list?print_metadata=true&decode_meta=true")
                + get("/api/v1/ledger/list?print_metadata=true")
                + get("/api/v1/ledgers/" + ledger);
        assertThat(all)
                .doesNotContain("sesame")
                .doesNotContain(Base64.getEncoder().encodeToString("sesame".getBytes(StandardCharsets.UTF_8)));

        assertThat(get("/api/v1/ledger/list")).startsWith("{").contains("\"" + ledger + "\" : null");
        assertThat(JsonMapper.shared()
                        .readTree(get("/api/v1/ledger/list?print_metadata=true&decode_meta=true"))
                        .has(ledger))
                .isTrue();
        assertThat(get("/api/v1/ledger/list?print_metadata=true&page=99")).isEqualToIgnoringWhitespace("{}");

        assertThat(admin("GET", "/api/v1/ledger/metadata", "")).startsWith("404 ");
        assertThat(admin("GET", "/api/v1/ledger/metadata?ledger_id=424242", "")).startsWith("500 ");
        assertThat(admin("DELETE", "/api/v1/ledger/delete?ledger_id=" + ledger, ""))
                .isEqualTo("200 \"Deleted ledger: " + ledger + "\"");
        assertThat(admin("GET", "/api/v1/ledger/metadata?ledger_id=" + ledger, ""))
                .startsWith("500 ");
    }

    @Test
    void theReferencesPagesBeginWhereItsOwnDo() throws Exception {
        Cluster.createRecords(uri, 205);
        List<String> all = List.copyOf(json("/api/v1/ledger/list").propertyNames());
        assertThat(all).hasSizeGreaterThanOrEqualTo(205);
        String list = "/api/v1/ledger/list?print_metadata=true&decode_meta=true&page=";
        assertThat(json(list + 1).propertyNames()).containsExactlyElementsOf(all.subList(0, 99));
        assertThat(json(list + 2).propertyNames()).containsExactlyElementsOf(all.subList(99, 199));
    }

    @Test
    void theReferencesListOfLedgersThatLackCopies() throws Exception {
        String ledger = ledger("");
        Cluster.mark(uri, LedgerId.parse(ledger), new BookieId("bookie-7"));
        String list = "/api/v1/autorecovery/list_under_replicated_ledger";
        assertThat(get(list)).isEqualToIgnoringWhitespace("[" + ledger + "]");
        assertThat(get(list + "?printmissingreplica&missingreplica=bookie-7"))
                .isEqualToIgnoringWhitespace("{\"" + ledger + "\":[\"bookie-7\"]}");
        assertThat(admin("GET", list + "?excludingmissingreplica=bookie-7", "")).startsWith("404 ");
        assertThat(json("/api/v1/under-replicated").at("/ledgers/0/missing/0").asString())
                .isEqualTo("bookie-7");
        assertThat(json("/api/v1/bookie/cluster_info")
                        .get("clusterUnderReplicated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theReferencesBookie() throws Exception {
        assertThat(send("GET", "/heartbeat", null, "").body()).isEqualTo("OK\n");
        assertThat(get("/api/v1/bookie/is_ready")).isEqualTo("OK");
        assertThat(send("GET", "/metrics", null, "")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/plain")
                .contains("version=0.0.4");
        assertThat(json("/api/v1/bookie/list_bookies").propertyNames()).containsExactly("bookie-1");
        assertThat(json("/api/v1/bookie/list_bookies?print_hostnames=true")
                        .get("bookie-1")
                        .asString())
                .isEqualTo("127.0.0.1");
        assertThat(json("/api/v1/bookie/list_bookies?type=ro")).isEmpty();
        assertThat(json("/api/v1/bookie/info").get("totalSpace").asLong()).isPositive();
        assertThat(json("/api/v1/bookie/gc").get("is_in_force_gc").isString()).isTrue();
        assertThat(admin("PUT", "/api/v1/bookie/gc", "{\"forceMajor\":false}"))
                .isEqualTo("200 \"Triggered GC on BookieServer: bookie-1\"");
        assertThat(json("/api/v1/bookie/gc_details").get(0).propertyNames())
                .contains("forceCompacting", "minorCompactionCounter");
        assertThat(admin("PUT", "/api/v1/bookie/gc/suspend_compaction", "{}")).startsWith("400 ");
        assertThat(admin("PUT", "/api/v1/bookie/gc/suspend_compaction", "{\"suspendMajor\":true}"))
                .startsWith("200 ");
        assertThat(json("/api/v1/bookie/gc/suspend_compaction")
                        .get("isMajorGcSuspended")
                        .asString())
                .isEqualTo("true");
        assertThat(admin("PUT", "/api/v1/bookie/gc/resume_compaction", "{\"resumeMajor\":true}"))
                .startsWith("200 ");
        JsonNode cluster = json("/api/v1/bookie/cluster_info");
        assertThat(cluster.get("auditorElected").asBoolean()).isFalse();
        assertThat(cluster.get("totalBookiesCount").asInt()).isEqualTo(1);
    }

    @Test
    void turnsReadOnlyAndBack() throws Exception {
        assertThat(admin("PUT", "/api/v1/bookie/state/readonly", "")).startsWith("400 ");
        assertThat(admin("PUT", "/api/v1/bookie/state/readonly", "{\"readOnly\":true}"))
                .startsWith("200 ")
                .contains("true");
        assertThat(json("/api/v1/bookie/state").get("readOnly").asBoolean()).isTrue();
        assertThat(admin("PUT", "/api/v1/bookie/state/readonly", "{\"readOnly\":false}"))
                .contains("false");
        assertThat(json("/api/v1/bookie/state/readonly").get("readOnly").asBoolean())
                .isFalse();
    }

    @Test
    void theReferencesRepair() throws Exception {
        assertThat(json("/api/v1/autorecovery/status").get("enabled").asBoolean())
                .isTrue();
        assertThat(admin("PUT", "/api/v1/autorecovery/status?enabled=false", ""))
                .contains("false");
        assertThat(admin("PUT", "/api/v1/autorecovery/trigger_audit", "")).startsWith("404 ");
        assertThat(admin("PUT", "/api/v1/autorecovery/status?enabled=true", "")).contains("true");
        assertThat(admin("GET", "/api/v1/autorecovery/who_is_auditor", "")).startsWith("404 ");
        assertThat(admin("GET", "/api/v1/autorecovery/lost_bookie_recovery_delay", ""))
                .startsWith("404 ");
        assertThat(admin("PUT", "/api/v1/autorecovery/lost_bookie_recovery_delay", "{\"delay_seconds\":7}"))
                .isEqualTo("200 Success set lostBookieRecoveryDelay to 7");
        assertThat(admin("GET", "/api/v1/autorecovery/lost_bookie_recovery_delay", ""))
                .isEqualTo("200 lostBookieRecoveryDelay value: 7");
    }

    @Test
    void jobsAreStoredBeforeTheyAreAnswered() throws Exception {
        String drain = "{\"kind\":\"drain\",\"bookie\":\"bookie-1\"}";
        assertThat(admin("POST", "/api/v1/jobs?dry-run=true", drain))
                .startsWith("200 ")
                .contains("\"ledgers\":");
        HttpResponse<String> ordered = send("POST", "/api/v1/jobs", "Bearer " + token, drain);
        assertThat(ordered.statusCode()).isEqualTo(202);
        String job = ordered.headers().firstValue("Location").orElseThrow();
        assertThat(json(job).get("state").asString()).isEqualTo("planned");
        assertThat(json("/api/v1/jobs").at("/jobs/0/bookie").asString()).isEqualTo("bookie-1");
        assertThat(admin("POST", "/api/v1/jobs", drain)).startsWith("409 ").contains("is under way");
        assertThat(admin("DELETE", job, "")).startsWith("200 ").contains("\"state\":\"cancelled\"");
        String decommission = "/api/v1/autorecovery/decommission";
        assertThat(admin("PUT", decommission, "{\"bookie_src\":\"bookie-1\",\"delete_cookie\":\"true\"}"))
                .isEqualTo("200 Success send decommission Bookie command bookie-1");
        assertThat(admin("PUT", decommission, "{}")).startsWith("404 ");
        assertThat(admin("POST", "/api/v1/jobs/2/cancel", "")).startsWith("200 ");
        assertThat(admin("GET", "/api/v1/jobs/99", "")).startsWith("404 ");
        assertThat(admin("POST", "/api/v1/jobs", "{\"kind\":\"drain\",\"bookie\":\"nobody\"}"))
                .startsWith("404 ");
        assertThat(admin("POST", "/api/v1/jobs", "{\"kind\":\"dance\"}")).startsWith("400 ");
        assertThat(admin("POST", "/api/v1/bookies/bookie-1/readmit", "")).startsWith("200 ");
    }

    @Test
    void ourOwnPaths() throws Exception {
        String first = ledger("");
        String second = ledger("");
        JsonNode page = json("/api/v1/ledgers?limit=1&after=" + (Long.parseLong(second) - 1));
        assertThat(page.at("/ledgers/0").asString()).isEqualTo(second);
        assertThat(page.get("next").asString()).isEqualTo(second);
        assertThat(json("/api/v1/ledgers/" + first).get("state").asString()).isEqualTo("CLOSED");
        assertThat(admin("DELETE", "/api/v1/ledgers/" + first, "")).startsWith("204 ");
        assertThat(admin("GET", "/api/v1/ledgers/" + first, ""))
                .startsWith("404 ")
                .contains("\"status\":404", "There is no ledger " + first);
        assertThat(admin("DELETE", "/api/v1/ledgers/" + first, "")).startsWith("404 ");
        assertThat(admin("GET", "/api/v1/ledgers?limit=0", ""))
                .startsWith("400 ")
                .contains("\"status\":400");
        assertThat(admin("GET", "/api/v1/ledgers/x", "")).startsWith("400 ").contains("\"status\":400");
        assertThat(admin("POST", "/api/v1/ledgers", "")).startsWith("405 ").contains("\"status\":405");
        assertThat(json("/api/v1/bookies").at("/bookies/0/state").asString()).isNotEmpty();
        assertThat(json("/api/v1/bookie/journals").at("/journals/0").has("replayBytes"))
                .isTrue();
        JsonNode logs = json("/api/v1/bookie/entry-logs");
        assertThat(logs.get("files")).hasSize(logs.get("count").asInt());
        assertThat(json("/api/v1/bookie/directories")
                        .at("/directories/0/totalBytes")
                        .asLong())
                .isPositive();
    }

    @Test
    void whoRepairsAndHowFast() throws Exception {
        assertThat(json("/api/v1/workers").get("workers")).isEmpty();
        String ledger = ledger("");
        try (MetadataStore worker = Cluster.session(uri)) {
            Cluster.report(worker, "host-7", LedgerId.parse(ledger), "No bookie may take a copy.");
            Cluster.mark(uri, LedgerId.parse(ledger), new BookieId("bookie-8"));
            JsonNode told = json("/api/v1/workers").at("/workers/0");
            assertThat(told.get("worker").asString()).isEqualTo("host-7");
            assertThat(told.at("/notes/0/why").asString()).isEqualTo("No bookie may take a copy.");
            assertThat(json("/api/v1/under-replicated?after=" + (Long.parseLong(ledger) - 1))
                            .at("/ledgers/0/why")
                            .asString())
                    .isEqualTo("No bookie may take a copy.");
            Cluster.unmarkAll(worker);
        }
        String limits = "/api/v1/autorecovery/limits";
        assertThat(json(limits).get("bytesPerSecond").asLong()).isZero();
        assertThat(admin("PUT", limits, "{\"bytesPerSecond\":5000000000}")).startsWith("200 ");
        assertThat(admin("PUT", limits, "{\"ledgersAtOnce\":2}")).startsWith("200 ");
        assertThat(json(limits).get("bytesPerSecond").asLong()).isEqualTo(5_000_000_000L);
        assertThat(admin("PUT", limits, "{\"ledgersAtOnce\":-2}"))
                .startsWith("400 ")
                .contains("ledgersAtOnce");
        assertThat(admin("PUT", limits, "")).startsWith("400 ");
        assertThat(admin("PUT", limits, "{\"bytesPerSecond\":0,\"ledgersAtOnce\":0}"))
                .startsWith("200 ");
    }

    @Test
    void describesItself() throws Exception {
        JsonNode document = json("/api/v1/openapi.json");
        assertThat(document.get("openapi").asString()).startsWith("3.");
        assertThat(document.get("paths").propertyNames())
                .contains("/api/v1/ledger/list", "/api/v1/ledgers/{ledger}", "/api/v1/bookie/gc");
        assertThat(document.at("/paths/~1api~1v1~1bookie~1gc").propertyNames()).contains("get", "put", "post");
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.get("summary").asString()).endsWith(".");
            }
        }
    }
}
