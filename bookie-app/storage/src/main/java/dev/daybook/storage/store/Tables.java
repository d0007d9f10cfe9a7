package dev.daybook.storage.store;

import dev.daybook.engine.ledger.LedgerRow;
import dev.daybook.storage.LossConsent;
import dev.daybook.storage.StorageDamage;
import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.table.LedgerTableFile;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The ledger tables of a checkpoint, taken together. */
final class Tables {
    private Tables() {}

    /**
     * Leaves out tables that cannot be read, if it is agreed to do without them.
     *
     * @param readable told the ids of the others
     */
    static Map<Long, LedgerRow> salvage(Disk disk, List<Long> oldestFirst, LossConsent consent, Consumer<Long> readable)
            throws IOException {
        Map<Long, LedgerRow> all = new TreeMap<>();
        for (long tableId : oldestFirst) {
            try {
                apply(LedgerTableFile.read(disk, tableId), all);
                readable.accept(tableId);
            } catch (StorageDamage damage) {
                if (!consent.goOnWithout(damage)) {
                    throw damage;
                }
            }
        }
        return all;
    }

    static Map<Long, LedgerRow> readAll(Disk disk, List<Long> oldestFirst) throws IOException {
        Map<Long, LedgerRow> all = new TreeMap<>();
        for (long tableId : oldestFirst) {
            apply(LedgerTableFile.read(disk, tableId), all);
        }
        return all;
    }

    static void apply(Collection<LedgerRow> rows, Map<Long, LedgerRow> all) {
        for (LedgerRow row : rows) {
            if (row.forgotten()) {
                all.remove(row.ledgerId());
            } else {
                all.put(row.ledgerId(), row);
            }
        }
    }
}
