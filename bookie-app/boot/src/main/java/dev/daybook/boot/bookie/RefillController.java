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

    /** The state of the refill, and why ledgers stay in limbo. */
    @Summary("How entries that were lost here come back from other bookies, and what cannot be had.")
    @GetMapping("/api/v1/bookie/refill")
    Map<String, Object> status() {
        Optional<RefillStatus> running = running().map(Refill::status);
        if (running.isEmpty()) {
            return Map.of("state", "off");
        }
        RefillStatus status = running.get();
        return Map.of(
                "state", status.running() ? "running" : status.ledgersLeft() > 0 ? "waiting" : "idle",
                "ledgersLeft", status.ledgersLeft(),
                "ledgersFilled", status.ledgersFilled(),
                "entriesCopied", status.entriesCopied(),
                "bytesCopied", status.bytesCopied(),
                "staying", staying(status),
                "problem", status.problem());
    }

    private static List<Map<String, Object>> staying(RefillStatus status) {
        return status.staying().entrySet().stream()
                .limit(NAMED_MAX)
                .map(entry -> Map.<String, Object>of("ledger", entry.getKey(), "why", entry.getValue()))
                .toList();
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
