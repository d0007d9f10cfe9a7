package dev.daybook.client.meta;

import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.client.meta.RepairStore.ElectionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A candidate that notes what it hears. */
public final class RecordedTerms implements ElectionListener {
    private final List<AuditorTerm> terms = new CopyOnWriteArrayList<>();
    private volatile boolean inOffice;

    @Override
    public void elected(AuditorTerm term) {
        terms.add(term);
        inOffice = true;
    }

    @Override
    public void ended() {
        inOffice = false;
    }

    public boolean inOffice() {
        return inOffice;
    }

    public int count() {
        return terms.size();
    }

    /** The last term, which may be over. */
    public AuditorTerm term() {
        return terms.get(terms.size() - 1);
    }

    /** Waits for the n-th election. */
    public AuditorTerm await(int elections) {
        Eventually.that("it is elected for the " + elections + ". time", () -> inOffice && terms.size() == elections);
        return term();
    }
}
