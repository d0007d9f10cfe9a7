package dev.daybook.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.BookieFailure;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.metrics.RepairPhase;
import dev.daybook.metrics.RequestStatus;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alert rules that name a meter which does not exist never fire, and nobody notices. */
class DashboardsTest {
    private static final Pattern METER = Pattern.compile("daybook_(?:client|bookie|autorecovery)_[a-z_]+");
    private static final Pattern TAG =
            Pattern.compile("(outcome|reason|status|phase)(?:=|=~|!=)\\\\?\"([a-z_|]+)\\\\?\"");

    @ParameterizedTest
    @ValueSource(strings = {"prometheus/daybook.rules.yaml", "grafana/daybook.json"})
    void usesOnlyMetersThatExist(String file) throws IOException {
        Set<String> used = METER.matcher(Files.readString(Path.of(file)))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isNotEmpty().isSubsetOf(exported());
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus/daybook.rules.yaml", "grafana/daybook.json"})
    void usesOnlyTagValuesThatExist(String file) throws IOException {
        Set<String> used = TAG.matcher(Files.readString(Path.of(file)))
                .results()
                .flatMap(found ->
                        Arrays.stream(found.group(2).split("\\|", -1)).map(value -> found.group(1) + "=" + value))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isNotEmpty().isSubsetOf(tagValues());
    }

    private static Set<String> tagValues() {
        return Stream.of(
                        Arrays.stream(CallOutcome.values()).map(value -> "outcome=" + value.tag()),
                        Arrays.stream(BookieFailure.values()).map(value -> "reason=" + value.tag()),
                        Arrays.stream(RequestStatus.values()).map(value -> "status=" + value.tag()),
                        Arrays.stream(RepairPhase.values()).map(value -> "phase=" + value.tag()))
                .flatMap(values -> values)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exported() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerClientMetrics client = new MicrometerClientMetrics(registry, Tags.empty());
        client.pendingBytesChanged(1);
        new MicrometerBookieMetrics(registry, Tags.empty()).diskUsage("/data", 2, 1);
        new MicrometerRecoveryMetrics(registry, Tags.empty()).stalled("no_target");
        return registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
