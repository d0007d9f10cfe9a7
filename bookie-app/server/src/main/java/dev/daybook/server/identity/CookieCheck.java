package dev.daybook.server.identity;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Makes sure that the folders are this bookie's and that none of its data has got lost, before anything is opened.
 * Source: metadata specification, section 8.3. Blocks.
 */
public final class CookieCheck {
    private final BookieRegistry registry;
    private final Identity identity;
    private final BookieFolders folders;
    private final Rules rules;
    private final Cookie master;

    private CookieCheck(
            BookieRegistry registry,
            Identity identity,
            BookieFolders folders,
            Rules rules,
            Optional<String> instanceId) {
        this.registry = registry;
        this.identity = identity;
        this.folders = folders;
        this.rules = rules;
        this.master = Cookie.of(
                identity.id(),
                texts(folders.journal()),
                texts(folders.ledger()),
                folders.index().map(CookieCheck::texts),
                instanceId);
    }

    /**
     * What the operator allows.
     *
     * @param expansion empty folders may be added
     * @param loss folders that came back empty may be gone on without
     */
    public record Rules(boolean expansion, boolean loss) {
        public static final Rules STRICT = new Rules(false, false);
    }

    /** Told before a cookie is written that makes empty folders look like folders of this bookie. */
    public interface EmptyFolders {
        /** Makes it durable that whatever these folders held is lost. */
        void note(List<Path> folders) throws IOException;
    }

    /**
     * @param instanceId the cluster's INSTANCEID
     * @param lost told of all folders of a bookie that is new, because ledgers may know one of that name, and of those
     *     that came back empty
     * @return one sentence why the bookie must not start; empty if it may
     * @throws CompletionException when the metadata service does not answer
     * @throws IOException when a folder cannot be read or written
     */
    public static Optional<String> refusal(
            BookieRegistry registry,
            Identity identity,
            BookieFolders folders,
            Rules rules,
            Optional<String> instanceId,
            EmptyFolders lost)
            throws IOException {
        return new CookieCheck(registry, identity, folders, rules, instanceId).run(lost);
    }

    /** No folder has a cookie or any file: this bookie never joined a cluster, as far as its disks tell. */
    public static boolean isFresh(BookieFolders folders) throws IOException {
        for (Path folder : folders.all()) {
            FolderCookies.create(folder);
            if (!FolderCookies.isEmpty(folder)) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> run(EmptyFolders lost) throws IOException {
        Map<BookieId, Versioned<byte[]>> registered = new LinkedHashMap<>();
        for (BookieId candidate : identity.candidates()) {
            await(registry.readCookie(candidate)).ifPresent(cookie -> registered.put(candidate, cookie));
        }
        for (BookieId other : registered.keySet()) {
            if (!other.equals(identity.id())) {
                return Optional.of("This bookie has joined the cluster as \"" + other + "\" before and would now be \""
                        + identity.id()
                        + "\"; start it under its old name (daybook.bookie.id), or remove the cookie of "
                        + other + " if that bookie is gone for good.");
            }
        }
        List<Path> missing = new ArrayList<>();
        List<Cookie> found = new ArrayList<>();
        for (Path folder : folders.all()) {
            FolderCookies.create(folder);
            Optional<byte[]> cookie = FolderCookies.read(folder);
            if (cookie.isEmpty()) {
                missing.add(folder);
                continue;
            }
            Optional<String> mismatch = compare(cookie.get(), CookieWords.ofFolder(folder), found);
            if (mismatch.isPresent()) {
                return mismatch;
            }
        }
        Optional<Versioned<byte[]>> stored = Optional.ofNullable(registered.get(identity.id()));
        if (stored.isPresent()) {
            Optional<String> mismatch = compare(stored.get().value(), CookieWords.ofService(identity.id()), found);
            if (mismatch.isPresent()) {
                return mismatch;
            }
        }
        return decide(stored, missing, found, lost);
    }

    private Optional<String> compare(byte[] bytes, CookieWords words, List<Cookie> found) {
        Cookie cookie;
        try {
            cookie = CookieFormat.parse(bytes);
        } catch (MalformedMetadataException e) {
            return Optional.of(words.unreadable(String.valueOf(e.getMessage())));
        }
        found.add(cookie);
        Optional<String> mismatch =
                rules.expansion() ? master.mismatchAllowingExpansion(cookie) : master.mismatch(cookie);
        return mismatch.map(difference -> words.mismatch(master, cookie, difference));
    }

    private Optional<String> decide(
            Optional<Versioned<byte[]>> stored, List<Path> missing, List<Cookie> found, EmptyFolders lost)
            throws IOException {
        boolean dataElsewhere = false;
        for (Path folder : folders.all()) {
            dataElsewhere |= !missing.contains(folder) && FolderCookies.hasData(folder);
        }
        boolean empty = true;
        for (Path folder : missing) {
            empty &= FolderCookies.isEmpty(folder);
        }
        boolean areNew = missing.stream().map(Path::toString).noneMatch(name -> isNamed(name, found));
        CookieFacts facts = new CookieFacts(
                stored.isPresent(), !missing.isEmpty(), empty, areNew, dataElsewhere, rules.expansion(), rules.loss());
        return switch (CookieTable.decide(facts)) {
            case ACCEPT -> Optional.empty();
            case STAMP_NEW -> stampNew(lost);
            case STAMP_EXPANDED -> stampExpanded(stored.orElseThrow().version());
            case STAMP_LOST -> stampLost(missing, lost);
            case REFUSE_FOREIGN_FILES -> Optional.of(CookieWords.foreignFiles(missing));
            case REFUSE_UNREGISTERED -> Optional.of(CookieWords.unregistered(identity.id(), folders.all()));
            case REFUSE_LOST_FOLDER -> Optional.of(CookieWords.lostFolder(identity.id(), missing));
            case REFUSE_LOST_COOKIE -> Optional.of(CookieWords.lostCookie(identity.id(), missing));
        };
    }

    private static boolean isNamed(String folder, List<Cookie> cookies) {
        return cookies.stream()
                .anyMatch(cookie -> cookie.journalDirs().contains(folder)
                        || cookie.ledgerDirs().contains(folder)
                        || cookie.indexDirs().orElse(List.of()).contains(folder));
    }

    /** Folders first: a crash in between is found out at the next start, and no cookie promises data it has not. */
    private Optional<String> stampNew(EmptyFolders lost) throws IOException {
        lost.note(folders.all());
        byte[] bytes = stampFolders();
        return await(registry.createCookie(identity.id(), bytes))
                ? Optional.empty()
                : Optional.of("Another bookie joined the cluster as \"" + identity.id()
                        + "\" at this moment; give each bookie a port or a daybook.bookie.id of its own.");
    }

    /** The note first: without it an empty folder with a cookie would pass for one that never held anything. */
    private Optional<String> stampLost(List<Path> missing, EmptyFolders lost) throws IOException {
        lost.note(missing);
        for (Path folder : missing) {
            FolderCookies.write(folder, CookieFormat.serialize(master));
        }
        return Optional.empty();
    }

    private Optional<String> stampExpanded(long expectedVersion) throws IOException {
        byte[] bytes = stampFolders();
        return await(registry.updateCookie(identity.id(), bytes, expectedVersion))
                ? Optional.empty()
                : Optional.of("The cookie of \"" + identity.id()
                        + "\" was changed by somebody else at this moment; start the bookie again.");
    }

    private byte[] stampFolders() throws IOException {
        byte[] bytes = CookieFormat.serialize(master);
        for (Path folder : folders.all()) {
            FolderCookies.write(folder, bytes);
        }
        return bytes;
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
