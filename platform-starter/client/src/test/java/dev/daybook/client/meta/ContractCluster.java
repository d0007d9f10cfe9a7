package dev.daybook.client.meta;

/** The cluster of one test of a contract: how sessions come about and get lost, and what its service can do. */
public interface ContractCluster {
    /** A further session; the first call makes the cluster. */
    MetadataStore connect();

    /** Lets the service end the present session of the store, which goes on in a new one. */
    void loseSession(MetadataStore session);

    /** Whether an answer may be lost, so that nobody can tell who changed something. */
    default boolean losesAnswers() {
        return false;
    }

    /** Whether the service itself notes when a record was created. */
    default boolean keepsCreationTimes() {
        return true;
    }

    /** Whether a listener may take its time without holding up whoever changes something. */
    default boolean listenersHaveAThreadOfTheirOwn() {
        return true;
    }

    /** Ends what stands between the sessions and the service. */
    default void close() {}
}
