package dev.daybook.client.meta;

import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.function.IntFunction;

/** A cluster that loses one answer in so many, with its connection, all the time. */
public final class LossyCluster implements ContractCluster {
    private final LossyProxy proxy;
    private final ContractCluster behind;
    private final int answersPerLoss;
    private final long seed;
    private final IdentityHashMap<MetadataStore, MetadataStore> settled = new IdentityHashMap<>();

    /** @param behind the cluster, given the port at which its service answers and loses answers */
    public LossyCluster(int servicePort, int answersPerLoss, long seed, IntFunction<ContractCluster> behind) {
        this.proxy = new LossyProxy(servicePort);
        this.behind = behind.apply(proxy.port());
        this.answersPerLoss = answersPerLoss;
        this.seed = seed;
    }

    @Override
    public MetadataStore connect() {
        proxy.loseOneIn(0, 0);
        MetadataStore store = behind.connect();
        proxy.loseOneIn(answersPerLoss, seed);
        MetadataStore settling = SettlingStore.over(store);
        settled.put(settling, store);
        return settling;
    }

    @Override
    public void loseSession(MetadataStore session) {
        behind.loseSession(Objects.requireNonNull(settled.get(session)));
    }

    @Override
    public boolean losesAnswers() {
        return true;
    }

    @Override
    public boolean keepsCreationTimes() {
        return behind.keepsCreationTimes();
    }

    @Override
    public boolean listenersHaveAThreadOfTheirOwn() {
        return behind.listenersHaveAThreadOfTheirOwn();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
