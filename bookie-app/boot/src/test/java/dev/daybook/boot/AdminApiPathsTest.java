package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReport.Course;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.core.audit.Search;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators ask less often, and whether the description knows every path. */
class AdminApiPathsTest extends AdminApiBed {
    @Test
    void theReferencesEntries() throws Exception {
        String read = "/api/v1/ledger/read?ledger_id=" + ledger("sesame");
        assertThat(get(read)).isEqualToIgnoringWhitespace("{\"0\":\"one\",\"1\":\"two\"}");
        assertThat(get(read + "&start_entry_id=1&end_entry_id=1")).isEqualToIgnoringWhitespace("{\"1\":\"two\"}");
        assertThat(json(read + "&page=1").propertyNames()).containsExactly("Entries for page: ", "0", "1");
        assertThat(json(read + "&page=2").propertyNames()).containsExactly("Entries for page: ");
        assertThat(admin("GET", read + "&start_entry_id=1&end_entry_id=0", "")).startsWith("500 ");
        assertThat(admin("GET", read + "&end_entry_id=2", ""))
                .startsWith("500 ")
                .contains("0 to 1");
        assertThat(admin("GET", "/api/v1/ledger/read", "")).startsWith("404 ");
        assertThat(admin("GET", "/api/v1/ledger/read?ledger_id=424242", "")).startsWith("500 ");
    }

    @Test
    void theReferencesSpaceAndSettings() throws Exception {
        JsonNode space = json("/api/v1/bookie/list_bookie_info");
        assertThat(space.propertyNames()).containsExactly("bookie-1", "ClusterInfo: ");
        assertThat(space.get("bookie-1").asString()).matches(": \\{Free: \\d+\\(.+\\), Total: \\d+\\(.+\\)},");
        JsonNode settings = json("/api/v1/config/server_config");
        assertThat(settings.get("daybook.bookie.id").asString()).isEqualTo("bookie-1");
        assertThat(settings.get("daybook.console.password").asString()).isEqualTo("********");
        assertThat(settings.has("daybook.bookie.max-frame-size")).isFalse();
        assertThat(admin("PUT", "/api/v1/bookie/expand_storage", ""))
                .startsWith("500 ")
                .contains("allow-storage-expansion");
    }

    @Test
    void theReferencesFiles() throws Exception {
        JsonNode mark = json("/api/v1/bookie/last_log_mark");
        String name = mark.propertyNames().iterator().next();
        assertThat(mark).hasSize(1);
        assertThat(name).matches("LastLogMark: Journal Id - \\d+\\([0-9a-f]+\\.txn\\)");
        assertThat(mark.get(name).asString()).matches("Pos - \\d+");
        String list = "/api/v1/bookie/list_disk_file";
        assertThat(json(list).propertyNames()).containsExactly("journal files", "entrylog files", "index files");
        JsonNode journals = json(list + "?file_type=journal");
        assertThat(journals.propertyNames()).containsExactly("journal files");
        assertThat(journals.get("journal files").asString()).matches("([0-9a-f]{16}\\.journal\t)+");
        assertThat(json(list + "?file_type=nothing")).hasSize(3);
    }

    @Test
    void theReferencesSanityTestLeavesNothingBehind() throws Exception {
        String before = get("/api/v1/ledger/list");
        assertThat(json("/api/v1/bookie/sanity")).isEqualTo(JsonMapper.shared().readTree("""
                {"passed":true,"readOnly":false}"""));
        assertThat(get("/api/v1/ledger/list")).isEqualTo(before);
        assertThat(admin("PUT", "/api/v1/bookie/state/readonly", "{\"readOnly\":true}"))
                .startsWith("200 ");
        assertThat(json("/api/v1/bookie/sanity")).isEqualTo(JsonMapper.shared().readTree("""
                {"passed":false,"readOnly":true}"""));
        assertThat(admin("PUT", "/api/v1/bookie/state/readonly", "{\"readOnly\":false}"))
                .startsWith("200 ");
    }

    @Test
    void theReferencesGarbageCountsRuns() throws Exception {
        JsonNode before = json("/api/v1/bookie/gc_details").get(0);
        assertThat(before.get("majorCompactionCounter").asLong()).isZero();
        assertThat(before.get("lastMajorCompactionTime").asLong()).isPositive();
        assertThat(before.get("entryLocationCompactionCounter").asLong()).isZero();
        assertThat(admin("PUT", "/api/v1/bookie/gc", "{\"forceMajor\":true,\"forceMinor\":false}"))
                .startsWith("200 ");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode after = before;
        while (after.get("majorCompactionCounter").asLong() == 0) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            after = json("/api/v1/bookie/gc_details").get(0);
        }
        assertThat(after.get("minorCompactionCounter").asLong()).isZero();
        assertThat(after.get("forceCompacting").asBoolean()).isFalse();
        assertThat(after.get("lastMajorCompactionTime").asLong())
                .isGreaterThanOrEqualTo(before.get("lastMajorCompactionTime").asLong());
    }

    @Test
    void theReferencesRecoveryOfABookieIsAJob() throws Exception {
        String recover = "/api/v1/autorecovery/bookie";
        assertThat(admin("PUT", recover, "{\"bookie_src\":[\"bookie-1\",\"ignored\"]}"))
                .isEqualTo("200 Success send recovery request command.");
        JsonNode jobs = json("/api/v1/jobs").get("jobs");
        JsonNode job = jobs.get(jobs.size() - 1);
        assertThat(job.get("kind").asString()).isEqualTo("decommission");
        assertThat(job.get("bookie").asString()).isEqualTo("bookie-1");
        assertThat(admin("PUT", recover, "{\"bookie_src\":[\"bookie-1\"],\"delete_cookie\":true}"))
                .startsWith("500 ")
                .contains("is under way");
        assertThat(admin("DELETE", "/api/v1/jobs/" + job.get("job").asLong(), ""))
                .startsWith("200 ");
        for (String wrong : List.of("", "{}", "{\"bookie_src\":[]}", "{\"bookie_src\":\"bookie-1\"}")) {
            assertThat(admin("PUT", recover, wrong)).as(wrong).startsWith("404 ");
        }
    }

    @Test
    void searchesAreMadeOnDemandByWhoeverIsTheAuditor() throws Exception {
        String searches = "/api/v1/autorecovery/searches/";
        assertThat(admin("POST", searches + "dance", "")).startsWith("404 ").contains("missing-copies");
        assertThat(admin("POST", searches + "replicas", "")).startsWith("409 ").contains("No auditor is elected");
        assertThat(admin("GET", "/api/v1/autorecovery/auditor", "")).startsWith("404 ");
        try (MetadataStore auditor = Cluster.session(uri)) {
            RepairStore repairs = auditor.repairs();
            CompletableFuture<AuditorTerm> term = new CompletableFuture<>();
            repairs.stand("host-9", new Cluster.Elected(term));
            new AuditorReports(auditor.records())
                    .write(new AuditorReport(
                            "host-9",
                            term.get(30, TimeUnit.SECONDS).epoch(),
                            1,
                            2,
                            Set.of(),
                            Map.of(Search.PLACEMENT, Course.NOTHING.begunAt(5))))
                    .toCompletableFuture()
                    .join();
            assertThat(admin("POST", searches + "replicas", ""))
                    .startsWith("202 ")
                    .contains("host-9");
            assertThat(repairs.completed(Search.REPLICA_COUNT)
                            .toCompletableFuture()
                            .join()
                            .orElseThrow())
                    .isLessThan(System.currentTimeMillis() - TimeUnit.DAYS.toMillis(20));
            JsonNode told = json("/api/v1/autorecovery/auditor");
            assertThat(told.get("elected").asBoolean()).isTrue();
            assertThat(told.at("/searches/0/search").asString()).isEqualTo("placement");
            assertThat(told.at("/searches/0/running").asBoolean()).isTrue();
        }
    }

    @Test
    void describesEveryRouteAndNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        JsonNode paths = json("/api/v1/openapi.json").get("paths");
        paths.propertyNames()
                .forEach(path -> paths.get(path).propertyNames().forEach(method -> described.add(method + " " + path)));
        assertThat(described).isEqualTo(routes()).hasSizeGreaterThan(40);
    }

    /** What the controllers of the program say themselves, whether or not anybody has put them to use. */
    private static Set<String> routes() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Set<String> routes = new TreeSet<>();
        for (BeanDefinition found : scan.findCandidateComponents("dev.daybook.boot")) {
            for (Method method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    for (String path : mapping.path()) {
                        routes.add(mapping.method()[0].name().toLowerCase(Locale.ROOT) + " " + path);
                    }
                }
            }
        }
        return routes;
    }
}
