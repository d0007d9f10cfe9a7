package dev.daybook.boot.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code daybook completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh; use it by: source <(daybook completion)")
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        System.out.print(AutoComplete.bash("daybook", spec.root().commandLine()));
        return 0;
    }
}
