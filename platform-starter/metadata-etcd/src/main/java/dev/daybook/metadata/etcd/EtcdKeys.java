package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.RecordKey;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of a cluster, all beginning with the root path of the metadata URI. Source: {@code FORMAT.md} of this module;
 * the keys that the reference's etcd driver knows are the same there.
 */
final class EtcdKeys {
    private static final int ID_CHARACTERS = 36;

    private final String root;

    EtcdKeys(String root) {
        this.root = root;
    }

    /** Exists in every cluster. */
    String root() {
        return root;
    }

    String layout() {
        return root + "/layout";
    }

    String instanceId() {
        return root + "/instanceid";
    }

    /** Directories have no meaning in etcd; the reference writes these keys, empty, when it makes a cluster. */
    String[] directories() {
        return new String[] {
            root + "/cookies",
            root + "/bookies",
            root + "/bookies/writable",
            root + "/bookies/readonly",
            root + "/ledgers",
            root + "/buckets",
            root + "/underreplication"
        };
    }

    String cookies() {
        return root + "/cookies/";
    }

    String cookie(BookieId bookie) {
        return cookies() + bookie;
    }

    /** Begins the keys of all registrations. */
    String registrations() {
        return root + "/bookies/";
    }

    String registrations(boolean readOnly) {
        return registrations() + (readOnly ? "readonly/" : "writable/");
    }

    String registration(BookieId bookie, boolean readOnly) {
        return registrations(readOnly) + bookie;
    }

    /** Begins the keys whose versions count ids. */
    String buckets() {
        return root + "/buckets/";
    }

    /** The key whose version counts the ids that were drawn. */
    String bucket() {
        return buckets() + "000";
    }

    String ledgers() {
        return root + "/ledgers/";
    }

    String ledger(LedgerId ledger) {
        return ledgers() + text(ledger.value());
    }

    /** Where the keys of ledgers behind this one begin. */
    String ledgersAfter(Optional<LedgerId> ledger) {
        return ledgers() + text(ledger.map(LedgerId::value).orElse(-1L) + 1);
    }

    /** Where the keys of ledgers end: no id is negative, and a negative one sorts behind all others. */
    String ledgersEnd() {
        return ledgers() + text(Long.MIN_VALUE);
    }

    String marks() {
        return root + "/underreplication/ledgers/";
    }

    String mark(LedgerId ledger) {
        return marks() + text(ledger.value());
    }

    /** Where the keys of marks of ledgers behind this one begin. */
    String marksAfter(Optional<LedgerId> ledger) {
        return marks() + text(ledger.map(LedgerId::value).orElse(-1L) + 1);
    }

    String marksEnd() {
        return marks() + text(Long.MIN_VALUE);
    }

    String locks() {
        return root + "/underreplication/locks/";
    }

    String lock(LedgerId ledger) {
        return locks() + text(ledger.value());
    }

    /** Begins the keys of what workers report. */
    String notices() {
        return root + "/underreplication/workers/";
    }

    /** Begins the keys of the candidates; the one that was created first is the auditor. */
    String votes() {
        return root + "/underreplication/auditorelection/";
    }

    String vote(UUID id) {
        return votes() + id;
    }

    /** Of a value of repair that there is once in a cluster. */
    String repair(String name) {
        return root + "/underreplication/" + name;
    }

    /** Begins the keys of all records. */
    String records() {
        return root + "/daybook/";
    }

    /** Begins the keys of all records of a namespace. */
    String records(String namespace) {
        return records() + namespace + "/";
    }

    String record(RecordKey key) {
        return records(key.namespace()) + key.name();
    }

    /** The ledger that a key ends with; empty if the key has another shape. */
    static Optional<LedgerId> ledgerAt(String prefix, String key) {
        if (key.length() != prefix.length() + ID_CHARACTERS || !key.startsWith(prefix)) {
            return Optional.empty();
        }
        String text = key.substring(prefix.length());
        try {
            UUID id = UUID.fromString(text);
            boolean ours = id.getMostSignificantBits() == 0
                    && id.getLeastSignificantBits() >= 0
                    && id.toString().equals(text);
            return ours ? Optional.of(new LedgerId(id.getLeastSignificantBits())) : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static String text(long id) {
        return new UUID(0, id).toString();
    }
}
