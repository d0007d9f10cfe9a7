package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.protocol.model.EntryId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook ledger write}. */
@Command(
        name = "write",
        description = {
            "Create a ledger, append each line of a file or of standard input as an entry, and close it.",
            "",
            "JSON: type ledger, with ledger, entries, length (payload bytes). With --dry-run: type plan, with ensemble,"
                    + " writableBookies."
        })
final class LedgerWriteCommand extends OperatorCommand {
    private static final int IN_FLIGHT_MAX = 1000;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "Lines to append. Default: standard input.")
    private @Nullable Path file;

    @Mixin
    private QuorumOptions quorum = new QuorumOptions();

    @Option(names = "--custom", paramLabel = "KEY=VALUE", description = "Property kept with the ledger; repeatable.")
    private Map<String, String> custom = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Say whether there are bookies enough, and write nothing.")
    private boolean dryRun;

    private final Deque<CompletionStage<EntryId>> underWay = new ArrayDeque<>();

    @Override
    public Integer call() throws IOException {
        LedgerSpec spec = spec();
        try (LedgerClient client = connection.client()) {
            return dryRun ? plan(client) : write(client, spec);
        }
    }

    private LedgerSpec spec() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        custom.forEach((key, value) -> values.put(key, value.getBytes(StandardCharsets.UTF_8)));
        try {
            return LedgerSpec.of(quorum.quorum())
                    .withDigest(quorum.digest())
                    .withPassword(password.ofNewLedger())
                    .withCustom(values);
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    private int plan(LedgerClient client) {
        long writable = Answers.await(client.admin().bookies()).stream()
                .filter(bookie -> bookie.state() == BookieRecord.State.WRITABLE)
                .count();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ensemble", quorum.ensemble());
        facts.put("writableBookies", writable);
        output.show("plan", facts);
        if (writable < quorum.ensemble()) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "A ledger on " + quorum.ensemble() + " bookies cannot be created, because " + writable
                            + " are writable.");
        }
        return 0;
    }

    private int write(LedgerClient client, LedgerSpec spec) throws IOException {
        ProgressLine progress = output.progress();
        try (BufferedReader lines = lines();
                AppendLedger ledger = Answers.await(client.create(spec))) {
            long entries = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                underWay.add(ledger.append(line.getBytes(StandardCharsets.UTF_8)));
                entries++;
                if (underWay.size() > IN_FLIGHT_MAX) {
                    Answers.await(underWay.remove());
                }
                progress.show("ledger " + ledger.id(), entries, 0, entries + " entries");
            }
            underWay.forEach(Answers::await);
            Answers.await(ledger.closeLedger());
            progress.end();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("ledger", ledger.id().value());
            facts.put("entries", entries);
            facts.put("length", ledger.length());
            output.show("ledger", facts);
        } finally {
            progress.end();
        }
        return 0;
    }

    private BufferedReader lines() {
        try {
            return file == null
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(file);
        } catch (IOException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "The file " + file + " cannot be read: " + e + ".", e);
        }
    }
}
