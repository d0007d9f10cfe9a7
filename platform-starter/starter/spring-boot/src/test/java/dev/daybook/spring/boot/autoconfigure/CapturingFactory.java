package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.testsupport.InMemoryLedgers;
import java.util.ArrayList;
import java.util.List;

/** Connects to the heap and remembers with what. */
final class CapturingFactory implements LedgerClientFactory {
    private final List<ClientConfig> configs = new ArrayList<>();
    private final List<ClientMetrics> recorders = new ArrayList<>();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();

    @Override
    public LedgerClient connect(ClientConfig config, ClientMetrics metrics) {
        configs.add(config);
        recorders.add(metrics);
        return ledgers;
    }

    ClientConfig config() {
        return configs.get(0);
    }

    ClientMetrics metrics() {
        return recorders.get(0);
    }

    int connections() {
        return configs.size();
    }

    InMemoryLedgers ledgers() {
        return ledgers;
    }
}
