package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.Summary;
import dev.daybook.server.BookieServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets operators have everything read back now, and see and end the limbo of ledgers. How a scrub goes is told with the
 * usage; 202 says that it was asked for.
 */
@RestController
class IntegrityController {
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final BookieLifecycle lifecycle;

    IntegrityController(BookieLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** Begins a scrub round, or lets one follow the round that runs. */
    @Summary("Reads everything back now.")
    @PostMapping("/api/v1/bookie/scrub")
    ResponseEntity<Map<String, Object>> scrub() {
        return withServer(server -> {
            server.scrubber().request();
            return answer(ACCEPTED, "state", "requested");
        });
    }

    /** Ids of the ledgers of which entries may have been lost here. */
    @Summary("Ids of the ledgers of which entries may have been lost here.")
    @GetMapping("/api/v1/bookie/limbo")
    ResponseEntity<Map<String, Object>> limbo() {
        return withServer(server -> answer(200, "ledgers", idsOf(server)));
    }

    /** Says that every entry of the ledger that was ever acknowledged here is here again. Answered when it is durable. */
    @Summary("Says that every entry of the ledger is here again.")
    @DeleteMapping("/api/v1/bookie/limbo/{ledger}")
    ResponseEntity<Map<String, Object>> endLimbo(@PathVariable("ledger") long ledger) {
        return withServer(server -> {
            if (!idsOf(server).contains(ledger)) {
                return answer(NOT_FOUND, "problem", "Ledger " + ledger + " is not in limbo.");
            }
            return server.limbo().end(ledger).join()
                    ? answer(200, "state", "over")
                    : answer(
                            FAILED,
                            "problem",
                            "Ledger " + ledger + " stays in limbo, because its entries could not be read or the end"
                                    + " could not be made durable.");
        });
    }

    private static List<Long> idsOf(BookieServer server) {
        return Arrays.stream(server.limbo().idsWithDoubted()).boxed().toList();
    }

    private ResponseEntity<Map<String, Object>> withServer(
            Function<BookieServer, ResponseEntity<Map<String, Object>>> request) {
        Optional<BookieServer> running = lifecycle.server().filter(BookieServer::isRunning);
        return running.map(request)
                .orElseGet(() -> answer(UNAVAILABLE, "problem", "The bookie starts or stops at this moment."));
    }

    private static ResponseEntity<Map<String, Object>> answer(int status, String name, Object value) {
        return ResponseEntity.status(status).body(Map.of(name, value));
    }
}
