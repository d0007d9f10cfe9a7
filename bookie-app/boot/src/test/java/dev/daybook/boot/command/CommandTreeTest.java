package dev.daybook.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What every command has, whoever adds one. */
class CommandTreeTest {
    /** They run until they are stopped, and tell on standard output only that they serve. */
    private static final Set<String> ROLES = Set.of(
            "daybook standalone", "daybook zookeeper", "daybook bookie", "daybook console", "daybook autorecovery");

    /** It prints a script. */
    private static final Set<String> SCRIPTS = Set.of("daybook completion");

    /** They write ledgers of their own to measure, which is all that they do; JSON goes to a file. */
    private static final Set<String> BENCHMARKS = Set.of("daybook bench write", "daybook bench read");

    /** They change nothing, neither in the cluster nor on a disk. */
    private static final Set<String> LOOKS = Set.of(
            "daybook cluster status",
            "daybook ledger list",
            "daybook ledger show",
            "daybook ledger tail",
            "daybook bookie list",
            "daybook bookie info",
            "daybook bookie cookie get",
            "daybook under-replicated list",
            "daybook autorecovery status",
            "daybook job list",
            "daybook job show",
            "daybook storage inspect",
            "daybook storage verify");

    private final CommandLine root = new CommandLine(new DaybookCommand());

    /** Those that do something, and not only lead to others. */
    private List<CommandLine> commands() {
        List<CommandLine> found = new ArrayList<>();
        collect(root, found);
        return found.stream()
                .filter(command -> command.getCommand() instanceof Callable<?>)
                .toList();
    }

    private static void collect(CommandLine command, List<CommandLine> found) {
        found.add(command);
        command.getSubcommands().values().stream().distinct().forEach(below -> collect(below, found));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static boolean has(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option) != null;
    }

    @Test
    void everyCommandTellsProgramsWhatItTellsPeople() {
        assertThat(commands())
                .hasSizeGreaterThan(40)
                .filteredOn(command -> !ROLES.contains(name(command)) && !SCRIPTS.contains(name(command)))
                .allSatisfy(command ->
                        assertThat(has(command, "--json")).as(name(command)).isTrue());
    }

    @Test
    void everyChangeCanBeTriedWithoutMakingIt() {
        assertThat(commands())
                .filteredOn(command -> !ROLES.contains(name(command))
                        && !SCRIPTS.contains(name(command))
                        && !BENCHMARKS.contains(name(command))
                        && !LOOKS.contains(name(command)))
                .hasSizeGreaterThan(15)
                .allSatisfy(command ->
                        assertThat(has(command, "--dry-run")).as(name(command)).isTrue());
    }

    @Test
    void everyHelpTellsExitCodes() {
        assertThat(commands())
                .allSatisfy(command -> assertThat(command.getUsageMessage())
                        .as(name(command))
                        .contains("Exit codes:", "--help")
                        .containsPattern("(?m)^  0 .+"));
    }

    @Test
    void noExceptionIsOutOfDate() {
        List<String> names = commands().stream().map(CommandTreeTest::name).toList();
        assertThat(names)
                .containsAll(ROLES)
                .containsAll(SCRIPTS)
                .containsAll(BENCHMARKS)
                .containsAll(LOOKS);
    }

    @Test
    void theShellCompletesEveryCommandAndOption() {
        String script = AutoComplete.bash("daybook", root);
        List<String> words = Arrays.asList(script.split("[\\s\"'=|()]+"));
        for (CommandLine command : commands()) {
            assertThat(script)
                    .as(name(command))
                    .contains("_picocli_" + name(command).replace(' ', '_').replace("-", ""));
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> assertThat(words).contains(option.longestName()));
        }
        assertThat(script).contains("missing-copies");
    }
}
