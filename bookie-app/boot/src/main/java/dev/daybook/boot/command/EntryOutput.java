package dev.daybook.boot.command;

import dev.daybook.client.LedgerEntry;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How commands print entries. */
final class EntryOutput {
    /** Forms of a payload. */
    enum Form {
        /** Entry id and payload as UTF-8, a line each. */
        TEXT,
        /** Entry id and payload in hexadecimal digits. */
        HEX,
        /** The payloads alone, one behind the other. */
        RAW,
        /** Entry id and size. */
        NONE
    }

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--format",
            defaultValue = "TEXT",
            paramLabel = "FORM",
            description = "Payloads for people: one of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}."
                    + " RAW writes the bytes of the payloads and nothing else. JSON has base64 always.")
    private Form form = Form.TEXT;

    void print(LedgerEntry entry) {
        if (output.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("ledger", entry.ledger().value());
            facts.put("entry", entry.id().value());
            facts.put("length", entry.length());
            facts.put("payload", Base64.getEncoder().encodeToString(entry.payload()));
            JsonText.printLine("entry", facts);
            return;
        }
        switch (form) {
            case RAW -> System.out.write(entry.payload(), 0, entry.payload().length);
            case TEXT -> line(entry, new String(entry.payload(), StandardCharsets.UTF_8));
            case HEX -> line(entry, HexFormat.of().formatHex(entry.payload()));
            case NONE -> line(entry, entry.payload().length + " bytes");
        }
    }

    /** Says to a program that no more entries will come; a person sees it. */
    void end(LedgerId ledger, long lastEntryId) {
        if (output.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("ledger", ledger.value());
            facts.put("lastEntryId", lastEntryId);
            JsonText.printLine("end", facts);
        }
    }

    private static void line(LedgerEntry entry, String payload) {
        System.out.println(entry.id().value() + "  " + payload);
    }
}
