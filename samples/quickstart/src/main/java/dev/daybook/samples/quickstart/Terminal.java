package dev.daybook.samples.quickstart;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /**
     * Whether input and output are a terminal.
     *
     * <p>Since Java 22 there is a console without a terminal too, and it can be asked.
     */
    @SuppressWarnings("SystemConsoleNull") // Both worlds are handled: null below Java 22, a question from there on.
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
