package dev.daybook.verification.history;

import java.util.Optional;

/**
 * Something a client asked for.
 *
 * @param invokedAt place in the order of everything that happened
 * @param process who asked, for instance {@code w3}
 * @param handle the open ledger of the process, for instance {@code w3#17}; a new one after each open
 * @param entryId -1 if no entry is concerned
 * @param value names the bytes of an add; equal values are equal bytes
 * @param bytes of the payload of an add
 * @param ending absent while the operation is open
 */
public record Operation(
        long invokedAt,
        String process,
        String handle,
        Call call,
        long ledgerId,
        long entryId,
        String value,
        long bytes,
        Optional<Ending> ending) {
    /** Of an add whose bytes cannot be counted into the length of a ledger, because its id was chosen. */
    public static final long BYTES_UNCOUNTED = -1;

    /**
     * @param endedAt place in the order of everything that happened
     * @param value the bytes that a read found; empty otherwise
     * @param last the last-add-confirmed that was told, or the last entry of a closed ledger
     * @param length of a closed ledger
     */
    public record Ending(long endedAt, Kind kind, String value, long last, long length, String detail) {}

    Operation ended(Ending how) {
        return new Operation(invokedAt, process, handle, call, ledgerId, entryId, value, bytes, Optional.of(how));
    }

    public boolean isOk() {
        return ending.isPresent() && ending.get().kind() == Kind.OK;
    }

    public boolean is(Call wanted) {
        return call == wanted;
    }

    /** When it ended; the end of time while it has not. */
    public long endedAt() {
        return ending.map(Ending::endedAt).orElse(Long.MAX_VALUE);
    }

    /** One line of JSON; the schema is described in the module's README. */
    public String toJson() {
        StringBuilder json = new StringBuilder("{\"i\":").append(invokedAt);
        text(json, "p", process);
        text(json, "h", handle);
        text(json, "f", call.name());
        json.append(",\"l\":").append(ledgerId).append(",\"e\":").append(entryId);
        text(json, "v", value);
        json.append(",\"n\":").append(bytes);
        ending.ifPresent(end -> {
            json.append(",\"j\":").append(end.endedAt());
            text(json, "k", end.kind().name());
            text(json, "r", end.value());
            json.append(",\"last\":").append(end.last()).append(",\"len\":").append(end.length());
            text(json, "d", end.detail());
        });
        return json.append('}').toString();
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(c < ' ' ? ' ' : c);
        }
        json.append('"');
    }
}
