package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** A cluster of processes that lose bookies and get their copies back, each of which a test may kill. */
final class HealingCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ELECTION = Duration.ofMinutes(2);

    private final Programs programs;
    private final int zooKeeperPort = Programs.freePort();
    private final String uri = "zk+longhierarchical://127.0.0.1:" + zooKeeperPort + "/ledgers";
    private final Map<BookieId, ChildProcess> bookies = new HashMap<>();
    private final Map<String, ChildProcess> healers = new HashMap<>();
    private final Copies copies;
    private ChildProcess zooKeeper;

    /** Without bookies. */
    HealingCluster(Programs programs) {
        this.programs = programs;
        zooKeeper = programs.zooKeeper(zooKeeperPort);
        ClusterSetUp.initialise(uri);
        copies = new Copies(uri);
    }

    String uri() {
        return uri;
    }

    Copies copies() {
        return copies;
    }

    /** Those that run. */
    Set<BookieId> bookies() {
        return bookies.keySet();
    }

    /** Does not wait until it is registered. */
    BookieId startBookie(boolean official) {
        int port = Programs.freePort();
        ChildProcess started = official ? programs.officialBookie(uri, port) : programs.startBookie(uri, port);
        BookieId bookie = new BookieId("127.0.0.1:" + port);
        bookies.put(bookie, started);
        return bookie;
    }

    /**
     * Stops a bookie, empties its data folder, and starts it once more. Does not wait until it is registered.
     *
     * @param before it starts
     * @param options of ours
     */
    void wipe(BookieId bookie, Runnable before, String... options) {
        Optional.ofNullable(bookies.remove(bookie)).orElseThrow().close();
        programs.wipe(bookie.value());
        before.run();
        int port = Programs.portOf(bookie.value());
        bookies.put(
                bookie,
                programs.isOfficial(bookie.value())
                        ? programs.officialBookie(uri, port)
                        : programs.startBookie(uri, port, options));
    }

    /** Our own; returns when all of them take entries. */
    void startBookies(int count) {
        for (int i = 0; i < count; i++) {
            startBookie(false);
        }
        awaitWritable(count);
    }

    void awaitWritable(int count) {
        ClusterSetUp.awaitWritable(uri, count, START);
    }

    void kill(BookieId bookie) {
        Optional.ofNullable(bookies.remove(bookie)).orElseThrow().kill();
    }

    void killAndRestartZooKeeper() {
        zooKeeper.kill();
        zooKeeper = programs.zooKeeper(zooKeeperPort);
    }

    /** @param rate bytes per second that it may read */
    void startHealer(String name, String rate) {
        healers.put(name, programs.autoRecovery(uri, name, "--rate", rate));
    }

    /** Those that run. */
    Set<String> healers() {
        return healers.keySet();
    }

    void killHealer(String name) {
        Optional.ofNullable(healers.remove(name)).orElseThrow().kill();
    }

    Optional<String> auditor() {
        return OurClient.await(copies.store().repairs().auditor());
    }

    /** Returns who is the auditor after this one has been killed. */
    String awaitAuditorAfter(String killed) {
        Copies.await(
                ELECTION,
                () -> "no other auditor than " + killed,
                () -> auditor().filter(name -> !name.equals(killed)).isPresent());
        return auditor().orElseThrow();
    }

    /**
     * Closed ledgers.
     *
     * @param quorums by number of the ledger
     * @param entryBytes of the first ledger; each has a little larger ones than the one before
     */
    List<LedgerId> written(int count, IntFunction<Quorum> quorums, int entries, int entryBytes) {
        List<LedgerId> ledgers = new ArrayList<>();
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            for (int i = 0; i < count; i++) {
                AppendLedger ledger = client.create(quorums.apply(i), DigestType.CRC32C);
                OurClient.append(ledger, entries, entryBytes + i);
                OurClient.await(ledger.closeLedger());
                ledgers.add(ledger.id());
            }
        }
        return ledgers;
    }

    void delete(List<LedgerId> ledgers) {
        try (OurClient client = new OurClient(uri, Generation.V3)) {
            ledgers.forEach(ledger -> client.delete(ledger.value()));
        }
    }

    /** Until some ledgers have left the bookie and others have not. */
    void awaitProgress(List<LedgerId> ledgers, BookieId leaving, Duration patience) {
        int before = copies.having(ledgers, leaving).size();
        assertThat(before).isGreaterThan(1);
        Copies.await(
                patience,
                () -> "all of " + before + " ledgers wait",
                () -> copies.having(ledgers, leaving).size() < before);
        assertThat(copies.having(ledgers, leaving)).isNotEmpty();
    }

    /** Also after a test that failed half-way. */
    @Override
    public void close() {
        copies.close();
        healers.values().forEach(ChildProcess::close);
        bookies.values().forEach(ChildProcess::close);
        zooKeeper.close();
    }
}
