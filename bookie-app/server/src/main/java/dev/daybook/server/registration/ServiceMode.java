package dev.daybook.server.registration;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writable or read-only: collects the reasons, tells the bookie first and the metadata service afterwards (bookie
 * behaviour, section 4.2), so that nobody is promised a write that would be refused. Not thread-safe: one thread calls.
 */
public final class ServiceMode {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMode.class);

    private final BookieRegistry registry;
    private final BookieId id;
    private final BookieServiceInfo service;
    private final Consumer<Boolean> bookie;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private Optional<Boolean> announcedReadOnly = Optional.empty();

    /** @param bookie is told true when it must refuse new entries, false when it takes them */
    public ServiceMode(BookieRegistry registry, BookieId id, BookieServiceInfo service, Consumer<Boolean> bookie) {
        this.registry = registry;
        this.id = id;
        this.service = service;
        this.bookie = bookie;
    }

    /** Adds or removes a reason for being read-only. Takes effect with the next call of {@link #announce}. */
    public void set(Reason reason, boolean present) {
        if (present ? reasons.add(reason) : reasons.remove(reason)) {
            boolean readOnly = !reasons.isEmpty();
            bookie.accept(readOnly);
            LOG.info("This bookie is {} now.", readOnly ? "read-only " + reasons : "writable");
        }
    }

    /**
     * Makes the metadata service show the present mode; does nothing if it does already. Blocks.
     *
     * @throws CompletionException when the service could not be told
     */
    public void announce() {
        boolean readOnly = !reasons.isEmpty();
        if (announcedReadOnly.equals(Optional.of(readOnly))) {
            return;
        }
        registry.register(id, readOnly, service).toCompletableFuture().join();
        announcedReadOnly = Optional.of(readOnly);
    }

    /** Why a bookie takes no new entries. */
    public enum Reason {
        /** The settings want it so, for as long as this process runs. */
        CONFIGURED,
        /** An operator asked for it, and may take it back. */
        OPERATOR,
        /** The cluster wants it so, because a job empties this bookie. */
        LEAVING,
        /** A directory is above its threshold. */
        DISK_FULL,
        /** The storage met the end of the space: a flush, or the journal's next file. */
        NO_SPACE
    }
}
