package dev.daybook.tools.verify;

import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.FolderCookies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All folders have the same cookie, and it names them. */
final class CookieVerification {
    private CookieVerification() {}

    static void run(BookieFolders folders, Findings findings) throws IOException {
        Optional<Cookie> first = Optional.empty();
        for (Path folder : folders.all()) {
            Optional<byte[]> bytes = FolderCookies.read(folder);
            if (bytes.isEmpty()) {
                findings.problem("The folder " + folder + " has no cookie (current/VERSION).");
                continue;
            }
            try {
                Cookie cookie = CookieFormat.parse(bytes.get());
                first.flatMap(other -> other.mismatch(cookie))
                        .ifPresent(difference -> findings.problem("The cookie of " + folder
                                + " is another one than that of the first folder: " + difference));
                first = first.isPresent() ? first : Optional.of(cookie);
            } catch (MalformedMetadataException e) {
                findings.problem("The cookie of " + folder + " cannot be read: " + e.getMessage());
            }
        }
        first.ifPresent(cookie -> checkNames(cookie, folders, findings));
    }

    private static void checkNames(Cookie cookie, BookieFolders folders, Findings findings) {
        if (!cookie.journalDirs().equals(texts(folders.journal()))
                || !cookie.ledgerDirs().equals(texts(folders.ledger()))) {
            findings.note("The cookie of \"" + cookie.bookie() + "\" names other folders: journal "
                    + cookie.journalDirs() + ", ledgers " + cookie.ledgerDirs() + "; the bookie starts only on those.");
        }
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}
