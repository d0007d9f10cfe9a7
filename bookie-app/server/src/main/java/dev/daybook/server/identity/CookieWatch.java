package dev.daybook.server.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers the cookies that the start has checked, so that rot in one of them can be undone while it is known. */
public final class CookieWatch {
    private final Map<Path, byte[]> checked = new LinkedHashMap<>();

    private CookieWatch() {}

    /** To be called after the cookie check has accepted the folders. */
    public static CookieWatch of(BookieFolders folders) throws IOException {
        CookieWatch watch = new CookieWatch();
        for (Path folder : folders.all()) {
            FolderCookies.read(folder).ifPresent(bytes -> watch.checked.put(folder, bytes));
        }
        return watch;
    }

    /** Folders whose cookie is not what it was. */
    public List<Path> damaged() {
        List<Path> damaged = new ArrayList<>();
        checked.forEach((folder, bytes) -> {
            try {
                Optional<byte[]> now = FolderCookies.read(folder);
                if (now.isEmpty() || !Arrays.equals(now.get(), bytes)) {
                    damaged.add(folder);
                }
            } catch (IOException e) {
                damaged.add(folder);
            }
        });
        return damaged;
    }

    /** Writes the cookie again. */
    public void restore(Path folder) throws IOException {
        byte[] bytes = checked.get(folder);
        if (bytes != null) {
            FolderCookies.write(folder, bytes);
        }
    }
}
