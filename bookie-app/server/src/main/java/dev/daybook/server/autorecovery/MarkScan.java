package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.core.work.MarkSeen;
import dev.daybook.core.work.RepairAgenda;
import dev.daybook.core.work.Risk;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One walk over all marks, page by page, that tells the agenda of each. The metadata of a ledger are read only if its
 * risk is not known yet. Belongs to the loop.
 */
final class MarkScan {
    private static final int PAGE = 500;

    private final SerialLoop loop;
    private final MetadataStore store;
    private final RepairStore marks;
    private final RepairAgenda agenda;
    private final Set<BookieId> alive;
    private final Consumer<Boolean> ended;

    /** Marks of the page whose risk is not known yet. */
    private int unrated;

    /** @param ended told whether all marks were seen */
    MarkScan(SerialLoop loop, MetadataStore store, RepairAgenda agenda, Set<BookieId> alive, Consumer<Boolean> ended) {
        this.loop = loop;
        this.store = store;
        this.marks = store.repairs();
        this.agenda = agenda;
        this.alive = alive;
        this.ended = ended;
    }

    void start() {
        agenda.onScanBegun();
        nextPage(Optional.empty());
    }

    private void nextPage(Optional<LedgerId> after) {
        loop.ask(() -> marks.marked(after, PAGE), this::onPage, failure -> ended.accept(false));
    }

    private void onPage(List<UnderReplicatedLedger> page) {
        if (page.isEmpty()) {
            ended.accept(true);
            return;
        }
        // One more, so that answers that come at once do not end the page early.
        unrated = 1;
        for (UnderReplicatedLedger marked : page) {
            Set<BookieId> missing = Set.copyOf(marked.missing());
            if (agenda.isRated(marked.ledger(), missing)) {
                tell(marked, Optional.empty());
            } else {
                unrated++;
                loop.ask(
                        () -> store.read(marked.ledger()),
                        found -> onRead(marked, found, page),
                        failure -> onUnreadable(marked, page));
            }
        }
        onRated(page);
    }

    private void onRead(
            UnderReplicatedLedger marked, Optional<Versioned<LedgerMetadata>> found, List<UnderReplicatedLedger> page) {
        Risk risk = found.map(record -> Risk.of(
                        record.value(),
                        bookie -> alive.contains(bookie) && !marked.missing().contains(bookie)))
                .orElse(Risk.NONE);
        tell(marked, Optional.of(risk));
        onRated(page);
    }

    /** The repair will say what is wrong with it. */
    private void onUnreadable(UnderReplicatedLedger marked, List<UnderReplicatedLedger> page) {
        tell(marked, Optional.of(Risk.NONE));
        onRated(page);
    }

    private void tell(UnderReplicatedLedger marked, Optional<Risk> risk) {
        agenda.onMark(new MarkSeen(marked.ledger(), Set.copyOf(marked.missing()), risk, marked.lockedBy()));
    }

    private void onRated(List<UnderReplicatedLedger> page) {
        unrated--;
        if (unrated == 0) {
            nextPage(Optional.of(page.get(page.size() - 1).ledger()));
        }
    }
}
