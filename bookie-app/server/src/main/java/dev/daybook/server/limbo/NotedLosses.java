package dev.daybook.server.limbo;

import dev.daybook.engine.ledger.Doubt;
import dev.daybook.server.disk.DurableFile;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.shard.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Losses that are noted in a file in every folder of the bookie, from the moment they are found until every ledger
 * concerned is in limbo. Beside {@code current}, not in it: a folder that was lost must still look empty to the cookie
 * check if the start is cut short.
 */
public final class NotedLosses implements Losses {
    private static final Logger LOG = LoggerFactory.getLogger(NotedLosses.class);
    private static final String FILE_NAME = "DOUBT";

    private final BookieFolders folders;
    private final boolean accepted;
    private Doubt doubt;

    private NotedLosses(BookieFolders folders, boolean accepted, Doubt doubt) {
        this.folders = folders;
        this.accepted = accepted;
        this.doubt = doubt;
    }

    /**
     * Reads what earlier starts noted.
     *
     * @param accepted whether the operator accepts that more is found lost now
     */
    public static NotedLosses open(BookieFolders folders, boolean accepted) throws IOException {
        Doubt none = Doubt.none(folders.journal().size(), folders.ledger().size());
        NotedLosses losses = new NotedLosses(folders, accepted, none);
        for (Path folder : folders.all()) {
            try {
                losses.merge(DoubtNote.decode(Files.readAllBytes(folder.resolve(FILE_NAME))));
            } catch (NoSuchFileException e) {
                LOG.debug("{} has no doubt noted.", folder);
            }
        }
        return losses;
    }

    private void merge(Doubt noted) {
        boolean sameFolders = noted.journals() == doubt.journals() && noted.stores() == doubt.stores();
        Doubt merged = doubt;
        for (int i = 0; i < doubt.journals(); i++) {
            merged = !sameFolders || noted.lostJournals().contains(i) ? merged.withLostJournal(i) : merged;
        }
        for (int i = 0; i < doubt.stores(); i++) {
            merged = !sameFolders || noted.lostStores().contains(i) ? merged.withLostStore(i) : merged;
        }
        doubt = merged;
    }

    @Override
    public Doubt doubt() {
        return doubt;
    }

    /** Whether the operator accepts losses. */
    public boolean areAccepted() {
        return accepted;
    }

    /** Notes that these folders came back empty. */
    public void noteFolders(Collection<Path> lost) throws IOException {
        Doubt more = doubt;
        for (Path folder : new HashSet<>(lost)) {
            int journal = folders.journal().indexOf(folder);
            int store = folders.ledger().indexOf(folder);
            more = journal >= 0 ? more.withLostJournal(journal) : more;
            more = store >= 0 ? more.withLostStore(store) : more;
        }
        note(more);
    }

    @Override
    public boolean acceptsJournal(int index, String why) throws IOException {
        return accept(doubt.lostJournals(), index, doubt.withLostJournal(index), why);
    }

    @Override
    public boolean acceptsStore(int index, String why) throws IOException {
        return accept(doubt.lostStores(), index, doubt.withLostStore(index), why);
    }

    private boolean accept(Set<Integer> lost, int index, Doubt more, String why) throws IOException {
        if (lost.contains(index)) {
            return true;
        }
        if (accepted) {
            LOG.warn("Data loss is accepted, and the ledgers concerned will be in limbo: {}", why);
            note(more);
        }
        return accepted;
    }

    private void note(Doubt more) throws IOException {
        if (more.equals(doubt)) {
            return;
        }
        for (Path folder : folders.all()) {
            DurableFile.write(folder.resolve(FILE_NAME), DoubtNote.encode(more), folder.resolve(FILE_NAME + ".new"));
        }
        doubt = more;
    }

    /** Every ledger concerned is in limbo, and that is durable. */
    public void forget() throws IOException {
        for (Path folder : folders.all()) {
            if (Files.deleteIfExists(folder.resolve(FILE_NAME))) {
                DurableFile.syncFolder(folder);
            }
        }
        doubt = Doubt.none(doubt.journals(), doubt.stores());
    }
}
