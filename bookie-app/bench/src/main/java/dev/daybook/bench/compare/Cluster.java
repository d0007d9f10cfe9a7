package dev.daybook.bench.compare;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.zookeeper.ZooKeeperMetadataStore;
import dev.daybook.protocol.model.BookieId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bookies of one subject with a root of their own in the metadata service. Used by one thread. */
final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration METADATA = Duration.ofSeconds(20);
    private static final int COPIES = 3;
    private static final long POLL_NANOS = 2_000_000;

    private final Subject subject;
    private final Bookies bookies;
    private final Path folder;
    private final String uri;
    private final MetadataStore store;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Child> running = new ArrayList<>();

    private Cluster(Subject subject, Bookies bookies, Path folder, String uri, int size) {
        this.subject = subject;
        this.bookies = bookies;
        this.folder = folder;
        this.uri = uri;
        this.store = ZooKeeperMetadataStore.connectOrInitialise(
                MetadataUri.parse(uri), METADATA, Duration.ofSeconds(10), METADATA);
        for (int i = 0; i < size; i++) {
            ports.add(Ports.free());
        }
    }

    /**
     * Returns when all bookies serve.
     *
     * @param name tells apart the clusters of a subject
     */
    static Cluster start(Session session, Subject subject, String name, int size) throws InterruptedException {
        String unique = subject.id() + "-" + name;
        Cluster cluster = new Cluster(
                subject,
                new Bookies(session.paths()),
                session.paths().data().resolve(unique),
                session.metadata().uri(unique),
                size);
        cluster.start();
        return cluster;
    }

    Subject subject() {
        return subject;
    }

    String uri() {
        return uri;
    }

    int size() {
        return ports.size();
    }

    /** How many bookies of the ensemble hold each entry in these measurements. */
    int copies() {
        return Math.min(COPIES, running.size());
    }

    MetadataStore store() {
        return store;
    }

    BookieId lastBookie() {
        return id(ports.get(ports.size() - 1));
    }

    Path folder() {
        return folder;
    }

    Path bookieFolder(int index) {
        return data(ports.get(index));
    }

    private Path data(int port) {
        return folder.resolve("bookie-" + port);
    }

    List<Long> pids() {
        return running.stream().map(Child::pid).toList();
    }

    /** @return seconds from the first process's start until all bookies are registered and take connections */
    double start() throws InterruptedException {
        long begin = System.nanoTime();
        for (int port : ports) {
            running.add(Child.start(
                    bookies.launch(subject, uri, port, data(port)),
                    folder.resolveSibling(folder.getFileName() + "-" + port + ".log")));
        }
        awaitServing();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** On a starved machine a bookie may lose its session and register again. */
    void awaitServing() throws InterruptedException {
        await(
                "serve",
                () -> ports.stream().allMatch(this::isRegistered)
                        && ports.stream().allMatch(Ports::accepts));
    }

    /**
     * Ends the bookies in good order: what they hold in memory is on disk then.
     *
     * @return bytes that they wrote since they were started
     */
    long stop() throws InterruptedException {
        long written = 0;
        for (Child bookie : running) {
            written += bookie.stopWatched();
        }
        running.clear();
        awaitUnregistered();
        return written;
    }

    /** As a crash of the processes; waits until the metadata service has noticed. */
    void kill() throws InterruptedException {
        for (Child bookie : running) {
            bookie.kill();
        }
        running.clear();
        awaitUnregistered();
    }

    /** As {@link #kill} for the last bookie, which does not come back. */
    void killLast() throws InterruptedException {
        BookieId lost = lastBookie();
        ports.remove(ports.size() - 1);
        running.remove(running.size() - 1).kill();
        await("lose " + lost, () -> !store.bookies().writable().contains(lost));
    }

    /** A process of its own; belongs to the caller. */
    Child startAutoRecovery() throws InterruptedException {
        Child started = Child.start(
                bookies.autoRecovery(subject, uri, folder.resolve("autorecovery")),
                folder.resolveSibling(folder.getFileName() + "-autorecovery.log"));
        await(
                "elect an auditor",
                () -> store.repairs().auditor().toCompletableFuture().join().isPresent());
        return started;
    }

    private void awaitUnregistered() throws InterruptedException {
        await("leave the registry", () -> ports.stream().noneMatch(this::isRegistered));
    }

    private boolean isRegistered(int port) {
        return store.bookies().writable().contains(id(port));
    }

    private static BookieId id(int port) {
        return new BookieId("127.0.0.1:" + port);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            for (Child bookie : running) {
                if (!bookie.isAlive()) {
                    throw new IllegalStateException(subject.title() + " ended: " + bookie.logEnd());
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(subject.title() + " did not " + what + " within " + PATIENCE
                        + running.stream().map(Child::logEnd).toList());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Ends the bookies and removes their data. */
    @Override
    public void close() {
        for (Child bookie : running) {
            bookie.end();
        }
        running.clear();
        store.close();
        Machine.delete(folder);
    }
}
