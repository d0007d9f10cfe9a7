package dev.daybook.tools.folder;

import dev.daybook.server.identity.BookieFolders;
import dev.daybook.storage.disk.ReadOnlyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All folders of one bookie. While they are open, no bookie can start on them. */
public final class OpenFolders implements AutoCloseable {
    /** Files lie in this folder of a directory (bookie specification, section 1). */
    public static final String CURRENT = "current";

    private final BookieFolders folders;
    private final Map<Path, ReadOnlyDisk> open = new LinkedHashMap<>();
    private final List<ReadOnlyDisk> journals = new ArrayList<>();
    private final List<ReadOnlyDisk> ledgers = new ArrayList<>();

    private OpenFolders(BookieFolders folders) {
        this.folders = folders;
    }

    /** @throws IOException with one sentence if a folder is missing, or a bookie uses it */
    public static OpenFolders open(BookieFolders folders) throws IOException {
        OpenFolders opened = new OpenFolders(folders);
        try {
            for (Path folder : folders.journal()) {
                opened.journals.add(opened.disk(folder));
            }
            for (Path folder : folders.ledger()) {
                opened.ledgers.add(opened.disk(folder));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private ReadOnlyDisk disk(Path folder) throws IOException {
        Path path = folder.resolve(CURRENT);
        ReadOnlyDisk disk = open.get(path);
        if (disk == null) {
            disk = ReadOnlyDisk.open(path);
            open.put(path, disk);
        }
        return disk;
    }

    public BookieFolders folders() {
        return folders;
    }

    /** One per journal, in their order. */
    public List<ReadOnlyDisk> journals() {
        return List.copyOf(journals);
    }

    /** One per ledger directory, in their order. */
    public List<ReadOnlyDisk> ledgers() {
        return List.copyOf(ledgers);
    }

    @Override
    public void close() throws IOException {
        for (ReadOnlyDisk disk : open.values()) {
            disk.close();
        }
    }
}
