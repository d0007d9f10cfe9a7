package dev.daybook.tools.inspect;

import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.format.MalformedMetadataException;
import dev.daybook.server.identity.FolderCookies;
import dev.daybook.storage.disk.ReadOnlyDisk;
import dev.daybook.tools.folder.OpenFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Shows one kind of thing in all folders of a bookie; damage in one folder does not keep the others from being shown. */
public final class Inspection {
    private final OpenFolders folders;
    private final InspectionOptions options;
    private final InspectionSink sink;

    public Inspection(OpenFolders folders, InspectionOptions options, InspectionSink sink) {
        this.folders = folders;
        this.options = options;
        this.sink = sink;
    }

    public void journal() {
        for (ReadOnlyDisk disk : folders.journals()) {
            guarded(() -> JournalShow.show(disk, options, sink));
        }
    }

    /** @param onlyLogId absent: all logs */
    public void entryLogs(Optional<Integer> onlyLogId) {
        for (ReadOnlyDisk disk : folders.ledgers()) {
            guarded(() -> new StoreShow(disk, options, sink).entryLogs(onlyLogId));
        }
    }

    public void index() {
        for (ReadOnlyDisk disk : folders.ledgers()) {
            guarded(() -> new StoreShow(disk, options, sink).index());
        }
    }

    public void ledgers() {
        for (ReadOnlyDisk disk : folders.ledgers()) {
            guarded(() -> new StoreShow(disk, options, sink).ledgers());
        }
    }

    /** With the marks where a replay of the journals begins. */
    public void checkpoint() {
        for (ReadOnlyDisk disk : folders.ledgers()) {
            guarded(() -> new StoreShow(disk, options, sink).checkpoint());
        }
    }

    public void cookie() {
        for (Path folder : folders.folders().all()) {
            guarded(() -> showCookie(folder));
        }
    }

    private void showCookie(Path folder) throws IOException {
        Optional<byte[]> bytes = FolderCookies.read(folder);
        if (bytes.isEmpty()) {
            sink.damage("The folder " + folder + " has no cookie (current/VERSION).");
            return;
        }
        try {
            Cookie cookie = CookieFormat.parse(bytes.get());
            sink.summary(Facts.of("folder", folder.toString())
                    .with("bookie", cookie.bookie().value())
                    .with("instance", cookie.instanceId().orElse("none"))
                    .with("journals", cookie.journalDirs())
                    .with("ledgers", cookie.ledgerDirs())
                    .with("layout", cookie.layoutVersion())
                    .map());
        } catch (MalformedMetadataException e) {
            sink.damage("The cookie of " + folder + " cannot be read: " + e.getMessage());
        }
    }

    /** Something that may meet damage. */
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            sink.damage(String.valueOf(e.getMessage()));
        }
    }
}
