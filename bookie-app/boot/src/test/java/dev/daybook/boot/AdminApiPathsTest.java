package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

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
