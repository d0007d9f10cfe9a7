package dev.daybook.console.usage;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.protocol.model.BookieId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@link BookieUsage} from its JSON form, forgiving what a bookie of another version may add or leave out: unknown
 * members are ignored, missing numbers are unknown, elements without sense are left out. Member by member, because data
 * binding would take a missing number for zero.
 */
final class UsageParser {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private UsageParser() {}

    /** @return empty if the bytes are not JSON or lack the bookie's id or state */
    static Optional<BookieUsage> parse(byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        String id = text(root, "bookie");
        Optional<BookieUsage.State> state = constant(BookieUsage.State.values(), text(root, "state"));
        if (!BookieId.isValid(id) || state.isEmpty()) {
            return Optional.empty();
        }
        JsonNode logs = root.path("entryLogs");
        JsonNode cache = root.path("writeCache");
        return Optional.of(new BookieUsage(
                new BookieId(id),
                state.get(),
                text(root, "version"),
                number(root, "takenAtMillis"),
                number(root, "startedAtMillis"),
                list(root.path("journals"), UsageParser::journal),
                new BookieUsage.EntryLogs(
                        count(logs, "count"), number(logs, "bytes"), list(logs.path("files"), UsageParser::entryLog)),
                new BookieUsage.WriteCache(number(cache, "bytes"), number(cache, "maxBytes")),
                number(root, "ledgers"),
                number(root, "entries"),
                list(root.path("directories"), UsageParser::directory),
                garbage(root.path("garbage")),
                integrity(root.path("integrity"))));
    }

    private static BookieUsage.Garbage garbage(JsonNode node) {
        return new BookieUsage.Garbage(
                number(node, "lastSuccessMillis"),
                text(node, "problem"),
                number(node, "ledgersDeleted"),
                list(node.path("directories"), UsageParser::garbageDirectory));
    }

    private static BookieUsage.Integrity integrity(JsonNode node) {
        return new BookieUsage.Integrity(
                node.path("scrubbing").asBoolean(false),
                number(node, "scrubbedBytes"),
                number(node, "scrubbedMillis"),
                number(node, "damagedPlaces"),
                number(node, "unreadableEntries"),
                number(node, "unreadableLedgers"),
                number(node, "limboLedgers"),
                text(node, "problem"));
    }

    private static Optional<BookieUsage.GarbageDirectory> garbageDirectory(JsonNode node) {
        Optional<BookieUsage.Hold> minor = constant(BookieUsage.Hold.values(), text(node, "minor"));
        Optional<BookieUsage.Hold> major = constant(BookieUsage.Hold.values(), text(node, "major"));
        return minor.isEmpty() || major.isEmpty()
                ? Optional.empty()
                : Optional.of(new BookieUsage.GarbageDirectory(
                        text(node, "path"),
                        number(node, "bytesReclaimed"),
                        number(node, "bytesCopied"),
                        text(node, "compacting"),
                        minor.get(),
                        major.get(),
                        count(node, "damagedLogs"),
                        text(node, "problem")));
    }

    private static Optional<BookieUsage.Journal> journal(JsonNode node) {
        return Optional.of(new BookieUsage.Journal(
                text(node, "directory"),
                count(node, "files"),
                number(node, "bytes"),
                number(node, "headFile"),
                number(node, "headOffset"),
                number(node, "replayBytes")));
    }

    private static Optional<BookieUsage.EntryLog> entryLog(JsonNode node) {
        return Optional.of(new BookieUsage.EntryLog(
                number(node, "id"), text(node, "directory"), number(node, "bytes"), truth(node, "open")));
    }

    private static Optional<BookieUsage.Directory> directory(JsonNode node) {
        return constant(BookieUsage.Kind.values(), text(node, "kind"))
                .map(kind -> new BookieUsage.Directory(
                        text(node, "path"),
                        kind,
                        number(node, "totalBytes"),
                        number(node, "usedBytes"),
                        number(node, "freeBytes"),
                        ratio(node, "warnRatio"),
                        ratio(node, "fullRatio"),
                        truth(node, "writable"),
                        text(node, "problem")));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, Optional<T>> element) {
        return array.valueStream()
                .filter(JsonNode::isObject)
                .flatMap(node -> element.apply(node).stream())
                .toList();
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String name) {
        return Arrays.stream(constants).filter(c -> c.name().equals(name)).findFirst();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.canConvertToLong() ? value.longValue() : BookieUsage.UNKNOWN;
    }

    private static int count(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.canConvertToInt() ? value.intValue() : (int) BookieUsage.UNKNOWN;
    }

    private static double ratio(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? value.doubleValue() : BookieUsage.UNKNOWN;
    }

    private static boolean truth(JsonNode node, String name) {
        return node.path(name).asBoolean(false);
    }
}
