package dev.daybook.boot.facts;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ledger's record as names and values. The password itself is never among them. */
public final class LedgerFacts {
    private LedgerFacts() {}

    /** What fits into a row: everything but fragments and custom values. */
    public static Map<String, Object> summary(LedgerId ledger, LedgerMetadata record) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ledger", ledger.value());
        facts.put("state", record.state().name());
        facts.put("ensemble", record.quorum().ensemble());
        facts.put("writeQuorum", record.quorum().write());
        facts.put("ackQuorum", record.quorum().ack());
        record.end().map(End::lastEntryId).ifPresent(last -> facts.put("lastEntryId", last));
        record.end().map(End::length).ifPresent(length -> facts.put("length", length));
        record.createdMillis().ifPresent(millis -> facts.put("createdMillis", millis));
        return facts;
    }

    /** Everything that the record says. */
    public static Map<String, Object> all(LedgerId ledger, Versioned<LedgerMetadata> stored) {
        LedgerMetadata record = stored.value();
        Map<String, Object> facts = summary(ledger, record);
        record.credentials().map(Credentials::digest).ifPresent(digest -> facts.put("digest", digest.name()));
        facts.put("password", record.credentials().map(LedgerFacts::kindOf).orElse("not stored"));
        facts.put("formatVersion", record.formatVersion());
        facts.put("version", stored.version());
        facts.put("custom", custom(record));
        facts.put("fragments", fragments(record));
        return facts;
    }

    private static String kindOf(Credentials credentials) {
        return credentials.password().bytes().length == 0 ? "empty" : "set";
    }

    private static Map<String, String> custom(LedgerMetadata record) {
        Map<String, String> encoded = new LinkedHashMap<>();
        record.custom()
                .forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        return encoded;
    }

    private static List<Map<String, Object>> fragments(LedgerMetadata record) {
        List<Map<String, Object>> fragments = new ArrayList<>();
        for (Fragment fragment : record.fragments()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("firstEntryId", fragment.firstEntryId());
            facts.put(
                    "bookies", fragment.ensemble().stream().map(BookieId::value).toList());
            fragments.add(facts);
        }
        return fragments;
    }
}
