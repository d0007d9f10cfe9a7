package dev.daybook.tools.verify;

import dev.daybook.storage.disk.ReadOnlyDisk;
import dev.daybook.storage.journal.JournalInspection;
import dev.daybook.storage.journal.JournalPosition;
import dev.daybook.storage.store.StoreInspection;
import dev.daybook.tools.folder.OpenFolders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads everything of a bookie back and compares it with what should be there. Changes nothing. */
public final class FolderVerification {
    private static final int FACT_BYTES = 64;

    private final OpenFolders folders;
    private final Findings findings = new Findings();
    private final List<Optional<StoreInspection>> stores = new ArrayList<>();

    private FolderVerification(OpenFolders folders) {
        this.folders = folders;
    }

    /**
     * @param bytesPerSecond 0: as fast as the disk can
     * @throws IOException if a directory cannot be read at all
     */
    public static VerifyReport run(OpenFolders folders, long bytesPerSecond, VerifyListener listener)
            throws IOException {
        FolderVerification verification = new FolderVerification(folders);
        try {
            verification.openStores();
            verification.verify(bytesPerSecond, listener);
            return verification.findings.report();
        } finally {
            for (Optional<StoreInspection> store : verification.stores) {
                if (store.isPresent()) {
                    store.get().close();
                }
            }
        }
    }

    private void openStores() {
        for (int i = 0; i < folders.ledgers().size(); i++) {
            ReadOnlyDisk disk = folders.ledgers().get(i);
            try {
                StoreInspection store = StoreInspection.open(disk);
                stores.add(Optional.of(store));
                if (store.checkpoint().storeIndex() != i
                        || store.checkpoint().storeCount() != folders.ledgers().size()) {
                    findings.problem("The ledger directory " + disk.path() + " is number "
                            + store.checkpoint().storeIndex() + " of "
                            + store.checkpoint().storeCount() + ", but was named as number " + i + " of "
                            + folders.ledgers().size() + ".");
                }
            } catch (IOException e) {
                findings.problem(String.valueOf(e.getMessage()));
                stores.add(Optional.empty());
            }
        }
    }

    private void verify(long bytesPerSecond, VerifyListener listener) throws IOException {
        CookieVerification.run(folders.folders(), findings);
        long total = stores.stream()
                .flatMap(Optional::stream)
                .mapToLong(StoreVerification::bytesOf)
                .sum();
        Pace pace = new Pace(listener, bytesPerSecond, total);
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).isPresent()) {
                String path = folders.ledgers().get(i).path();
                new StoreVerification(stores.get(i).get(), path, findings, pace).run();
            }
        }
        for (int i = 0; i < folders.journals().size(); i++) {
            verifyJournal(i, pace);
        }
    }

    private void verifyJournal(int journalIndex, Pace pace) {
        ReadOnlyDisk disk = folders.journals().get(journalIndex);
        Optional<JournalPosition> mark = stores.stream()
                .flatMap(Optional::stream)
                .map(store -> store.checkpoint().marks())
                .filter(marks -> marks.size() > journalIndex)
                .map(marks -> marks.get(journalIndex))
                .reduce(JournalPosition::min);
        if (mark.isEmpty()) {
            findings.note("The journal in " + disk.path()
                    + " was not verified, because no checkpoint says where its replay begins.");
            return;
        }
        try {
            JournalInspection.verify(disk, journalIndex, folders.journals().size(), mark, (position, fact) -> {
                findings.journalFacts++;
                pace.read("journal", FACT_BYTES);
            });
        } catch (IOException e) {
            findings.problem(String.valueOf(e.getMessage()));
        }
    }
}
