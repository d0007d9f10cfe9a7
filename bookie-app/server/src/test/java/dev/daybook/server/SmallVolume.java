package dev.daybook.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own that can be filled and grown. Needs the right to mount; tests are skipped without it. */
final class SmallVolume implements AutoCloseable {
    private static final byte[] CHUNK = new byte[4096];

    private final Path folder;

    private SmallVolume(Path folder) {
        this.folder = folder;
    }

    static SmallVolume mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        String problem =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "daybook-test", folder.toString());
        assumeTrue(problem.isEmpty(), "a small file system could not be mounted, root can do that: " + problem);
        return new SmallVolume(folder);
    }

    void resize(int megabytes) throws IOException {
        String problem = run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(CHUNK);
            }
        }
    }

    void empty() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    /** Returns what the command complains about; nothing if it succeeds. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : command[0] + ": " + output.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        // Lazily, because a failed test may have left files open.
        run("umount", "-l", folder.toString());
    }
}
