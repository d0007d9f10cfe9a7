package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.ExitCode;
import dev.daybook.tools.folder.OpenFolders;
import dev.daybook.tools.inspect.Inspection;
import dev.daybook.tools.inspect.InspectionOptions;
import dev.daybook.tools.inspect.InspectionSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code daybook storage inspect}. */
@Command(
        name = "inspect",
        description = {
            "Show what lies in a bookie's folders, also in damaged ones; changes nothing.",
            "",
            "checkpoint shows which files are valid and where a replay of each journal begins (the last marks)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing damaged was seen",
            "2:wrong command line, or a bookie uses the folders",
            "5:damage was seen"
        })
final class StorageInspectCommand implements Callable<Integer> {
    /** What can be shown. */
    enum Kind {
        JOURNAL,
        ENTRY_LOG,
        INDEX,
        LEDGERS,
        COOKIE,
        CHECKPOINT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The words of the command line. */
    static final class KindWords implements ITypeConverter<Kind>, Iterable<String> {
        @Override
        public Kind convert(String word) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + word + "' is none of " + String.join(", ", this)));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Kind.values()).map(Kind::word).iterator();
        }
    }

    @Parameters(
            paramLabel = "WHAT",
            converter = KindWords.class,
            completionCandidates = KindWords.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.CHECKPOINT;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--records", description = "Show each record, row or ledger, not only summaries.")
    private boolean records;

    @Option(names = "--hex", description = "With the bytes of each record; implies --records.")
    private boolean hex;

    @Option(names = "--ledger", paramLabel = "ID", description = "Only records of this ledger; implies --records.")
    private @Nullable Long ledger;

    @Option(names = "--entry", paramLabel = "ID", description = "Only records of this entry; implies --records.")
    private @Nullable Long entry;

    @Option(
            names = "--log",
            paramLabel = "ID",
            description = "Only the entry log of this number, hexadecimal as in its name.")
    private @Nullable String log;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Override
    public Integer call() {
        InspectionOptions options = new InspectionOptions(
                records || hex || ledger != null || entry != null,
                hex,
                Optional.ofNullable(ledger),
                Optional.ofNullable(entry));
        Printer printer = new Printer(json);
        try (OpenFolders open = OpenFolders.open(folders.folders())) {
            show(new Inspection(open, options, printer));
        } catch (IOException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } finally {
            System.out.flush();
        }
        return printer.damaged ? ExitCode.STORAGE_FAILED.code() : ExitCode.OK.code();
    }

    private void show(Inspection inspection) {
        switch (kind) {
            case JOURNAL -> inspection.journal();
            case ENTRY_LOG -> inspection.entryLogs(logId());
            case INDEX -> inspection.index();
            case LEDGERS -> inspection.ledgers();
            case COOKIE -> inspection.cookie();
            case CHECKPOINT -> inspection.checkpoint();
        }
    }

    private Optional<Integer> logId() {
        if (log == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseUnsignedInt(log.replace(".entries", ""), 16));
        } catch (NumberFormatException e) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "--log is no number of an entry log: " + log + ", use one like 0000001f.");
        }
    }

    private static final class Printer implements InspectionSink {
        private final boolean json;
        private boolean damaged;

        Printer(boolean json) {
            this.json = json;
        }

        @Override
        public void summary(Map<String, Object> facts) {
            print("summary", "", facts);
        }

        @Override
        public void record(Map<String, Object> facts) {
            print("record", "  ", facts);
        }

        private void print(String type, String indentation, Map<String, Object> facts) {
            if (json) {
                JsonText.printLine(type, facts);
                return;
            }
            System.out.println(indentation
                    + facts.entrySet().stream()
                            .map(fact -> fact.getKey() + " " + text(fact.getValue()))
                            .collect(Collectors.joining("  ")));
        }

        private static String text(Object value) {
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : String.valueOf(value);
        }

        @Override
        public void damage(String sentence) {
            damaged = true;
            if (json) {
                JsonText.printLine("damage", Map.of("sentence", sentence));
            } else {
                System.out.println("DAMAGED: " + sentence);
            }
        }
    }
}
