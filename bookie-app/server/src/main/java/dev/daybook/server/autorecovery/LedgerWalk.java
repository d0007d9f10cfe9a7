package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes ledgers to a search, some at once, without ever holding more ids than a page. Belongs to the loop. */
final class LedgerWalk {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWalk.class);
    private static final int PAGE = 1_000;

    private final SerialLoop loop;
    private final LedgerPages pages;
    private final LedgerSearch search;
    private final int atOnce;
    private final Consumer<Boolean> ended;
    private final Deque<LedgerId> page = new ArrayDeque<>();
    private Optional<LedgerId> last = Optional.empty();
    private int underWay;
    private boolean asking;
    private boolean over;

    /**
     * @param pages all ledgers of the cluster, or some
     * @param atOnce ledgers looked at the same time
     * @param ended told once whether all ledgers were looked at
     */
    LedgerWalk(SerialLoop loop, LedgerPages pages, LedgerSearch search, int atOnce, Consumer<Boolean> ended) {
        this.loop = loop;
        this.pages = pages;
        this.search = search;
        this.atOnce = atOnce;
        this.ended = ended;
    }

    /** To be called once. */
    void start() {
        goOn();
    }

    /** Nothing more is begun, and the end is told now, if it was not yet. */
    void giveUp() {
        end(false);
    }

    private void end(boolean complete) {
        if (!over) {
            over = true;
            ended.accept(complete);
        }
    }

    private void goOn() {
        while (!over && underWay < atOnce && !page.isEmpty()) {
            look(page.remove());
        }
        if (!over && page.isEmpty() && underWay == 0 && !asking) {
            asking = true;
            loop.ask(() -> pages.after(last, PAGE), this::onPage, this::onStoreFailed);
        }
    }

    private void onPage(List<LedgerId> next) {
        asking = false;
        if (next.isEmpty()) {
            end(true);
            return;
        }
        page.addAll(next);
        last = Optional.of(next.get(next.size() - 1));
        goOn();
    }

    private void look(LedgerId ledger) {
        underWay++;
        loop.ask(() -> search.look(ledger), done -> onLooked(), failure -> {
            if (isOfLedger(failure)) {
                LOG.warn("Ledger {} could not be looked at: {}", ledger, Causes.sentence(failure));
                onLooked();
            } else {
                onStoreFailed(failure);
            }
        });
    }

    /** One record that nobody can read must not keep all others from being looked at. */
    private static boolean isOfLedger(Throwable failure) {
        return Causes.reason(failure)
                .filter(reason -> reason == LedgerException.Reason.METADATA_CORRUPT)
                .isPresent();
    }

    private void onLooked() {
        underWay--;
        goOn();
    }

    private void onStoreFailed(Throwable failure) {
        if (!over) {
            LOG.info("A search through all ledgers was given up: {}", Causes.sentence(failure));
        }
        end(false);
    }
}
