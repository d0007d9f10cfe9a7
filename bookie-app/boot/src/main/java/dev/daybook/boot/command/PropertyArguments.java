package dev.daybook.boot.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of a role that Spring runs: every flag is a property, and flags win over files and environment. */
final class PropertyArguments {
    private final List<String> arguments = new ArrayList<>();

    @Option(
            names = "--metadata-uri",
            paramLabel = "URI",
            description = "Metadata service, like zk+longhierarchical://zk1:2181/ledgers (daybook.metadata-uri).")
    @SuppressWarnings("UnusedMethod") // picocli calls it.
    private void metadataUri(@Nullable String uri) {
        set("daybook.metadata-uri", uri);
    }

    /** picocli calls every option's method before parsing, with null where there is no default. */
    void set(String property, @Nullable Object value) {
        if (value != null) {
            arguments.add("--" + property + "=" + value);
        }
    }

    List<String> all() {
        return List.copyOf(arguments);
    }
}
