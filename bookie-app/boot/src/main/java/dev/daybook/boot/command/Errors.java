package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns whatever went wrong into one sentence on standard error and an exit code. */
final class Errors {
    private static final int UNEXPECTED = 1;
    private static final Set<Reason> NOT_FOUND =
            EnumSet.of(Reason.NO_SUCH_LEDGER, Reason.NO_SUCH_ENTRY, Reason.NO_SUCH_LOG, Reason.NO_SUCH_NAME);

    private Errors() {}

    static int onWrongUsage(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        System.err.println("daybook: " + sentence(String.valueOf(error.getMessage())) + " Try '"
                + command.getCommandSpec().qualifiedName() + " --help'.");
        return RoleRefused.CONFIGURATION;
    }

    static int report(Throwable error, boolean debug) {
        if (debug) {
            error.printStackTrace(System.err);
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Explained explained = explain(cause);
            if (explained != null) {
                System.err.println("daybook: " + sentence(explained.text()));
                return explained.exitCode();
            }
        }
        System.err.println("daybook: " + sentence("An unexpected error ended the program: " + error)
                + (debug ? "" : " Run it with --debug to see where."));
        return UNEXPECTED;
    }

    private static @Nullable Explained explain(Throwable cause) {
        if (cause instanceof RoleRefused refused) {
            return new Explained(refused.exitCode(), String.valueOf(refused.getMessage()));
        }
        if (cause instanceof PortInUseException busy) {
            return configuration("The HTTP port " + busy.getPort()
                    + " is in use; stop the process that uses it, or choose another one with --http-port"
                    + " (bookie), --console-port (standalone) or --port (console)");
        }
        if (cause instanceof BindException bind) {
            return configuration(wrongProperty(bind));
        }
        if (cause instanceof ConfigurationPropertiesBindException && cause.getCause() == null) {
            return configuration(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof LedgerException ledger) {
            if (NOT_FOUND.contains(ledger.reason())) {
                return new Explained(RoleRefused.NOT_FOUND, String.valueOf(ledger.getMessage()));
            }
            return configuration(String.valueOf(ledger.getMessage()));
        }
        // The console's refusal is not visible here by its type, but its name says what it is.
        if (cause.getClass().getSimpleName().equals("ConsoleRefused")) {
            return configuration(String.valueOf(cause.getMessage()));
        }
        return null;
    }

    private static String wrongProperty(BindException bind) {
        Throwable root = bind;
        while (root.getCause() != null) {
            root = root.getCause();
            if (String.valueOf(root.getMessage()).startsWith("daybook.")) {
                return String.valueOf(root.getMessage());
            }
        }
        String why = String.valueOf(root.getMessage());
        Object value =
                bind.getProperty() == null ? "" : " \"" + bind.getProperty().getValue() + "\"";
        return "The value" + value + " of " + bind.getName() + " cannot be used: " + why;
    }

    private static Explained configuration(String text) {
        return new Explained(RoleRefused.CONFIGURATION, text);
    }

    private static String sentence(String text) {
        String oneLine = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return oneLine.endsWith(".") || oneLine.endsWith("?") ? oneLine : oneLine + ".";
    }

    private record Explained(int exitCode, String text) {}
}
