package dev.daybook.console;

import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.RepairWatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The real console on a free port, before a {@link FakeCluster}. It looks at the cluster only when told to. */
public final class TestConsole implements AutoCloseable {
    public static final String PASSWORD = "a lamp in the dark";

    private final ConfigurableApplicationContext context;

    public TestConsole(Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "daybook.metadata-uri", "zk+longhierarchical://zk1:2181;zk2:2181/ledgers",
                "daybook.console.password", PASSWORD,
                "daybook.console.poll-interval", "1h",
                "daybook.console.answer-timeout", "400ms"));
        properties.putAll(more);
        context = ConsoleApplication.start(properties, Fakes.class);
    }

    public FakeCluster cluster() {
        return context.getBean(FakeCluster.class);
    }

    public void look() {
        context.getBean(ClusterWatch.class).look();
        context.getBean(RepairWatch.class).look();
    }

    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        FakeCluster fakeCluster(@Value("${fake.mood:ANSWERS}") FakeCluster.Mood mood) {
            FakeCluster cluster = new FakeCluster();
            cluster.mood = mood;
            return cluster;
        }
    }
}
