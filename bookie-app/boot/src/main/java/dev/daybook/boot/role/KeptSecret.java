package dev.daybook.boot.role;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A secret that nobody chose: random, made at the first start, kept in a file that only its owner may read.
 *
 * @param file where it is kept
 */
public record KeptSecret(Path file, String secret) {
    private static final int RANDOM_BYTES = 18;

    /**
     * Reads the file, or makes it.
     *
     * @param what it is, at the beginning of a sentence
     * @param option of the command line, which the refusal names
     * @throws RoleRefused if it can be neither read nor made
     */
    public static KeptSecret in(Path file, String what, String option) {
        try {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            return new KeptSecret(file, create(file, fresh) ? fresh : read(file));
        } catch (IOException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    what + " cannot be kept in " + file + " (" + e + "); correct " + option + ".",
                    e);
        }
    }

    /** @throws IOException also if nothing stands there */
    public static String read(Path file) throws IOException {
        String kept = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (kept.isEmpty()) {
            throw new IOException("the file is empty; remove it to get a new one");
        }
        return kept;
    }

    private static boolean create(Path file, String secret) throws IOException {
        try {
            Files.createFile(file, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Files.writeString(file, secret + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        return true;
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "KeptSecret(" + file + ")";
    }
}
