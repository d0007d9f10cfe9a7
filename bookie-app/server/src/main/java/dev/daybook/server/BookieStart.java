package dev.daybook.server;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.disk.FolderLock;
import dev.daybook.server.garbage.ClusterLedgers;
import dev.daybook.server.garbage.Reclamation;
import dev.daybook.server.garbage.SpaceNeeds;
import dev.daybook.server.identity.CookieCheck;
import dev.daybook.server.identity.CookieWatch;
import dev.daybook.server.identity.Identity;
import dev.daybook.server.limbo.NotedLosses;
import dev.daybook.server.net.NetServer;
import dev.daybook.server.scrub.RepairRequests;
import dev.daybook.server.scrub.Scrubber;
import dev.daybook.server.shard.Bookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a bookie, step by step; whatever was opened is closed again when a later step refuses. Source: bookie
 * behaviour, section 2. The port comes first: it is the cheapest thing to find wrong, and its number may be part of the
 * bookie's name.
 */
final class BookieStart {
    private static final Logger LOG = LoggerFactory.getLogger(BookieStart.class);

    private final BookieServerConfig config;
    private final MetadataConnector connector;
    private final BookieMetrics metrics;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    BookieStart(BookieServerConfig config, MetadataConnector connector, BookieMetrics metrics) {
        this.config = config;
        this.connector = connector;
        this.metrics = metrics;
    }

    StartOutcome run() {
        try {
            NetServer net = opened(bind());
            Identity identity = identify(net.port());
            List<FolderLock> locks = lockFolders();
            MetadataStore metadata = opened(connect());
            NotedLosses losses = readLosses();
            Optional<String> instance = checkCookies(identity, metadata, losses);
            Bookie bookie = opened(openBookie(losses));
            LostData.settle(losses, metadata, identity.id(), bookie);
            Reclamation reclamation =
                    opened(reclamation(bookie, new ClusterLedgers(metadata, identity.id(), identity.host(), instance)));
            Scrubber scrubber = opened(scrubber(bookie, metadata, identity));
            RunningParts parts =
                    new RunningParts(config, identity, net, metadata, bookie, reclamation, scrubber, metrics, locks);
            BookieServer server = new BookieServer(parts);
            server.begin();
            return new StartOutcome.Started(server);
        } catch (StartRefusal refusal) {
            closeAll(opened);
            return new StartOutcome.Refused(refusal.exit());
        } catch (RuntimeException | Error bug) {
            closeAll(opened);
            throw bug;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private NetServer bind() throws StartRefusal {
        int port = config.net().port();
        try {
            return NetServer.bind(config.net(), metrics);
        } catch (IllegalArgumentException e) {
            throw new StartRefusal(ExitCode.START_REFUSED, e.getMessage() + ".");
        } catch (IOException e) {
            throw new StartRefusal(
                    ExitCode.START_REFUSED,
                    "The bookie cannot listen on " + config.net().listenHost() + ":" + port + " (" + e.getMessage()
                            + "); stop the process that uses the port, or choose another one with --port"
                            + " (daybook.bookie.port).");
        }
    }

    private Identity identify(int port) throws StartRefusal {
        Identity.Outcome outcome = Identity.of(config.identity(), port);
        if (outcome instanceof Identity.Outcome.Known known) {
            return known.identity();
        }
        throw new StartRefusal(ExitCode.START_REFUSED, ((Identity.Outcome.Refused) outcome).sentence());
    }

    private MetadataStore connect() throws StartRefusal {
        try {
            return connector.connect(config.initialiseCluster() && CookieCheck.isFresh(config.folders()));
        } catch (LedgerException e) {
            throw metadataFailed(e);
        } catch (IOException e) {
            throw foldersFailed(e);
        }
    }

    private List<FolderLock> lockFolders() throws StartRefusal {
        List<FolderLock> locks = new ArrayList<>();
        for (Path folder : config.folders().all()) {
            try {
                Files.createDirectories(folder);
                Optional<FolderLock> lock = FolderLock.tryLock(folder);
                locks.add(opened(lock.orElseThrow(() -> new StartRefusal(
                        ExitCode.START_REFUSED,
                        "The data folder " + folder + " is in use by another running bookie; stop it, or give this one"
                                + " a folder of its own with --data-dir (daybook.bookie.data-dir)."))));
            } catch (IOException e) {
                throw new StartRefusal(
                        ExitCode.START_REFUSED,
                        "The data folder " + folder + " cannot be written (" + describe(e)
                                + "); correct its permissions or --data-dir (daybook.bookie.data-dir).");
            }
        }
        return locks;
    }

    private NotedLosses readLosses() throws StartRefusal {
        try {
            return NotedLosses.open(config.folders(), config.acceptDataLoss());
        } catch (IOException e) {
            throw foldersFailed(e);
        }
    }

    /** @return the cluster that the bookie belongs to */
    private Optional<String> checkCookies(Identity identity, MetadataStore metadata, NotedLosses losses)
            throws StartRefusal {
        try {
            Optional<String> instance =
                    metadata.instanceId().toCompletableFuture().join();
            Optional<String> refusal = CookieCheck.refusal(
                    metadata.registry(),
                    identity,
                    config.folders(),
                    new CookieCheck.Rules(config.allowStorageExpansion(), config.acceptDataLoss()),
                    instance,
                    losses::noteFolders);
            if (refusal.isPresent()) {
                throw new StartRefusal(ExitCode.START_REFUSED, refusal.get());
            }
            return instance;
        } catch (CompletionException e) {
            throw metadataFailed(e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw foldersFailed(e);
        }
    }

    private Bookie openBookie(NotedLosses losses) throws StartRefusal {
        try {
            return Bookie.open(config.storage(), metrics, losses);
        } catch (IOException e) {
            throw new StartRefusal(ExitCode.STORAGE_FAILED, "The storage cannot be opened: " + e.getMessage());
        }
    }

    private Scrubber scrubber(Bookie bookie, MetadataStore metadata, Identity identity) throws StartRefusal {
        try {
            return new Scrubber(
                    config.scrub(),
                    bookie.scrubbed(),
                    CookieWatch.of(config.folders()),
                    new RepairRequests(metadata, identity.id()),
                    metrics);
        } catch (IOException e) {
            throw foldersFailed(e);
        }
    }

    private Reclamation reclamation(Bookie bookie, ClusterLedgers metadata) {
        bookie.setTombstoneLife(config.garbage().tombstones());
        return new Reclamation(
                config.garbage(),
                bookie.localLedgers(),
                metadata,
                bookie.ledgerDirectories(),
                new SpaceNeeds(
                        config.storage().entryLogBytesMax(), config.storage().reserveBytes()),
                metrics);
    }

    private static StartRefusal foldersFailed(IOException e) {
        return new StartRefusal(
                ExitCode.START_REFUSED,
                "A data folder cannot be read or written (" + describe(e)
                        + "); correct its permissions or --data-dir (daybook.bookie.data-dir).");
    }

    static StartRefusal metadataFailed(Throwable cause) {
        String sentence = cause instanceof LedgerException
                ? String.valueOf(cause.getMessage())
                : "The metadata service cannot be used (" + cause
                        + "); is it running, and is --metadata-uri (daybook.metadata-uri) right?";
        return new StartRefusal(ExitCode.START_REFUSED, sentence);
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** In the opposite order of opening. One that fails does not keep the others open. */
    static void closeAll(Deque<AutoCloseable> resources) {
        for (AutoCloseable next = resources.poll(); next != null; next = resources.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Could not close {}: {}", next.getClass().getSimpleName(), e.toString());
            }
        }
    }

    /** What a bookie that got through its start consists of. */
    record RunningParts(
            BookieServerConfig config,
            Identity identity,
            NetServer net,
            MetadataStore metadata,
            Bookie bookie,
            Reclamation reclamation,
            Scrubber scrubber,
            BookieMetrics metrics,
            List<FolderLock> locks) {
        /** Requests end before the storage, and the folders are given free when nothing writes to them any more. */
        Deque<AutoCloseable> inClosingOrder() {
            Deque<AutoCloseable> order = new ArrayDeque<>(List.of(net, reclamation, scrubber, bookie, metadata));
            order.addAll(locks);
            return order;
        }
    }
}
