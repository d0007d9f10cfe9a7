package dev.daybook.boot;

import dev.daybook.boot.command.DaybookCommand;

/** The {@code daybook} command. Always ends the process, whatever threads a failed start has left. */
public final class DaybookMain {
    private DaybookMain() {}

    public static void main(String[] args) {
        System.exit(DaybookCommand.run(args));
    }
}
