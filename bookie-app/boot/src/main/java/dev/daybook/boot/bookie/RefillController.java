package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.Summary;
import dev.daybook.server.refill.Refill;
import dev.daybook.server.refill.RefillStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators how entries that were lost here come back from other bookies, and lets them ask for it now. */
@RestController
class RefillController {
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    /** Enough to see what kind of trouble it is; the list of all is {@code /api/v1/bookie/limbo}. */
    private static final int NAMED_MAX = 1000;

    private final Optional<RefillLifecycle> lifecycle;

    RefillController(ObjectProvider<RefillLifecycle> lifecycle) {
        this.lifecycle = Optional.ofNullable(lifecycle.getIfAvailable());
    }

    /** In the order in which it is shown. Numbers count from the start of the bookie. */
    record State(
            String state,
            long ledgersLeft,
            long ledgersFilled,
            long entriesCopied,
            long bytesCopied,
            String problem,
            List<Staying> staying) {
        private static final State OFF = new State("off", 0, 0, 0, 0, "", List.of());

        static State of(RefillStatus status) {
            String waiting = status.ledgersLeft() > 0 ? "waiting" : "idle";
            return new State(
                    status.running() ? "running" : waiting,
                    status.ledgersLeft(),
                    status.ledgersFilled(),
                    status.entriesCopied(),
                    status.bytesCopied(),
                    status.problem(),
                    status.staying().entrySet().stream()
                            .limit(NAMED_MAX)
                            .map(entry -> new Staying(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }

    /** @param why the ledger is in limbo still, one sentence */
    record Staying(long ledger, String why) {}

    /** The state of the refill, and why ledgers stay in limbo. */
    @Summary("How entries that were lost here come back from other bookies, and what cannot be had.")
    @GetMapping("/api/v1/bookie/refill")
    State status() {
        return running().map(Refill::status).map(State::of).orElse(State.OFF);
    }

    /** Tries now what waits. */
    @Summary("Tries to get back from other bookies now what was lost here.")
    @PostMapping("/api/v1/bookie/refill")
    ResponseEntity<Map<String, Object>> request() {
        Optional<Refill> running = running();
        running.ifPresent(Refill::request);
        return running.isPresent()
                ? ResponseEntity.status(ACCEPTED).body(Map.of("state", "requested"))
                : ResponseEntity.status(CONFLICT)
                        .body(Map.of(
                                "problem",
                                "This bookie does not copy entries itself: set daybook.bookie.refill.enabled=true and"
                                        + " start it again."));
    }

    private Optional<Refill> running() {
        return lifecycle.flatMap(RefillLifecycle::refill);
    }
}
