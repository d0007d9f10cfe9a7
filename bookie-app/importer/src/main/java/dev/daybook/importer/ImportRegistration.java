package dev.daybook.importer;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;

/**
 * What an import has to do with the cluster: which ledgers still exist, and the cookie, which names directories and so
 * must change when the bookie moves to new ones. From that moment on the old bookie refuses to start. Blocks.
 */
public final class ImportRegistration {
    private static final int PAGE_LEDGERS = 10_000;

    private final MetadataStore metadata;
    private final Cookie source;
    private final Cookie target;

    /**
     * @param source of the bookie's old directories
     * @param target of its new ones
     */
    public ImportRegistration(MetadataStore metadata, Cookie source, Cookie target) {
        this.metadata = metadata;
        this.source = source;
        this.target = target;
    }

    /** @throws ImportRefused if the bookie is not of this cluster, or still runs */
    public void check() throws IOException {
        Optional<String> instance = await(metadata.instanceId());
        if (!instance.equals(source.instanceId())) {
            throw new ImportRefused("The bookie \"" + source.bookie() + "\" is of another cluster (instance "
                    + source.instanceId().orElse("none") + ", this one is "
                    + instance.orElse("none") + "); correct --metadata-uri.");
        }
        readCookie();
        for (BookieRecord record : await(metadata.bookieRecords())) {
            if (record.id().equals(source.bookie()) && record.state() != BookieRecord.State.DOWN) {
                throw new ImportRefused("The bookie \"" + source.bookie()
                        + "\" is running; stop it first, and wait until its session with the metadata service has"
                        + " ended.");
            }
        }
    }

    private Versioned<byte[]> readCookie() throws IOException {
        Optional<Versioned<byte[]>> stored = await(metadata.registry().readCookie(source.bookie()));
        if (stored.isEmpty()) {
            throw new ImportRefused("The cluster has no cookie of the bookie \"" + source.bookie()
                    + "\", so its copies do not count any more; let a new bookie join instead.");
        }
        Cookie cookie;
        try {
            cookie = CookieFormat.parse(stored.get().value());
        } catch (MalformedMetadataException e) {
            throw new ImportRefused(
                    "The cluster's cookie of the bookie \"" + source.bookie() + "\" is unreadable: " + e.getMessage());
        }
        Optional<String> difference = source.mismatch(cookie);
        if (difference.isPresent() && target.mismatch(cookie).isPresent()) {
            throw new ImportRefused("The cluster's cookie of the bookie \"" + source.bookie()
                    + "\" is not the one of its directories. " + difference.get());
        }
        return stored.get();
    }

    /** Whether the cluster has the ledger; read once, while this bookie is down. */
    public LongPredicate livingLedgers() throws IOException {
        Set<Long> ids = new HashSet<>();
        Optional<LedgerId> last = Optional.empty();
        List<LedgerId> page;
        do {
            page = await(metadata.ledgers(last, PAGE_LEDGERS));
            page.forEach(ledger -> ids.add(ledger.value()));
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
        } while (!page.isEmpty());
        return ids::contains;
    }

    /** Makes the new directories those of the bookie. Does nothing if they are already. */
    public void replaceCookie() throws IOException {
        Versioned<byte[]> stored = readCookie();
        byte[] cookie = CookieFormat.serialize(target);
        if (target.mismatch(CookieFormat.parse(stored.value())).isPresent()
                && !await(metadata.registry().updateCookie(source.bookie(), cookie, stored.version()))) {
            throw new ImportRefused("The cookie of \"" + source.bookie()
                    + "\" was changed by somebody else at this moment; look who it was, and run the import again.");
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException refused) {
                throw new ImportRefused(String.valueOf(refused.getMessage()));
            }
            throw e;
        }
    }
}
