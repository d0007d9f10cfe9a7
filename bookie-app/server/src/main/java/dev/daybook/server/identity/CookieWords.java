package dev.daybook.server.identity;

import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.model.BookieId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences that a refused cookie check says. */
record CookieWords(String place) {
    static CookieWords ofFolder(Path folder) {
        return new CookieWords("The data folder " + folder);
    }

    static CookieWords ofService(BookieId bookie) {
        return new CookieWords("The cookie of \"" + bookie + "\" in the metadata service");
    }

    String unreadable(String why) {
        return place + " has a cookie that cannot be read (" + why
                + "); copy current/VERSION from another folder of this bookie, whose cookies are all alike.";
    }

    String mismatch(Cookie master, Cookie stored, String difference) {
        if (!master.bookie().equals(stored.bookie())) {
            return place + " belongs to the bookie \"" + stored.bookie() + "\", not to \"" + master.bookie()
                    + "\"; give this bookie a folder of its own with --data-dir, or start it under that name.";
        }
        if (!master.instanceId().equals(stored.instanceId())) {
            return place + " belongs to another cluster (instance "
                    + stored.instanceId().orElse("none")
                    + ", this one is " + master.instanceId().orElse("none")
                    + "); correct --metadata-uri or --data-dir.";
        }
        return place + " was made for other settings; correct --data-dir and --journal-dir. " + difference;
    }

    static String foreignFiles(List<Path> missing) {
        return "The folder " + join(missing) + " is not empty but has no cookie of a bookie (current/VERSION);"
                + " give the bookie an empty folder with --data-dir.";
    }

    static String unregistered(BookieId bookie, List<Path> folders) {
        return "The data folder " + join(folders) + " has the cookie of \"" + bookie
                + "\", but the metadata service knows no such bookie; empty the folder to let it join anew,"
                + " or restore the cookie in the metadata service if its data still count.";
    }

    static String lostFolder(BookieId bookie, List<Path> missing) {
        return "The cluster knows the bookie \"" + bookie + "\" as the keeper of data, but its folder " + join(missing)
                + " is empty, so a disk was lost or is not mounted; mount it, or start the bookie once with"
                + " --accept-data-loss (daybook.bookie.accept-data-loss): then it denies nothing of what may have been"
                + " lost until that was copied back.";
    }

    static String lostCookie(BookieId bookie, List<Path> missing) {
        return "The folder " + join(missing) + " of the bookie \"" + bookie
                + "\" has files but its cookie (current/VERSION) is gone, so it is unknown whose files these are; restore that"
                + " file, or correct --data-dir.";
    }

    private static String join(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
