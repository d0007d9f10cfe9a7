package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A ledger's password, which does not stand on the command line, where everybody on the machine could read it. */
final class PasswordOptions {
    private static final String VARIABLE = "DAYBOOK_LEDGER_PASSWORD";

    @Option(
            names = "--ledger-password-file",
            paramLabel = "FILE",
            description = "File with the ledger's password; /dev/stdin reads it from standard input."
                    + " Default: environment variable " + VARIABLE
                    + "; then for a new ledger none, for another the one that its record holds.")
    private @Nullable Path file;

    LedgerPassword ofNewLedger() {
        return given().orElse(LedgerPassword.EMPTY);
    }

    /** Whoever may read the record has its password anyway. */
    LedgerPassword of(LedgerMetadata record) {
        return given().or(() -> record.credentials().map(Credentials::password)).orElse(LedgerPassword.EMPTY);
    }

    private Optional<LedgerPassword> given() {
        if (file == null) {
            return Optional.ofNullable(System.getenv(VARIABLE)).map(LedgerPassword::of);
        }
        try {
            return Optional.of(LedgerPassword.of(
                    Files.readString(file, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "The file " + file + " of --ledger-password-file cannot be read: " + e + ".",
                    e);
        }
    }
}
