package dev.daybook.boot.admin;

import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.protocol.format.RepairLimits;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who repairs the cluster, and how fast it may, at our own paths. */
@RestController
class RepairController {
    private final RunningBookie bookie;

    RepairController(RunningBookie bookie) {
        this.bookie = bookie;
    }

    @Summary("Workers that repair ledgers, with speed, progress and what keeps them, as they reported last.")
    @GetMapping("/api/v1/workers")
    Map<String, Object> workers() {
        return Map.of(
                "workers",
                RunningBookie.await(repairs().workers()).stream()
                        .map(RepairFacts::of)
                        .toList());
    }

    @Summary("What all workers together may read per second and repair at once; 0 for no limit.")
    @GetMapping("/api/v1/autorecovery/limits")
    Map<String, Object> limits() {
        return RepairFacts.of(RunningBookie.await(repairs().limits()));
    }

    @Summary("Sets these limits; body {\"bytesPerSecond\":n,\"ledgersAtOnce\":n}, what is left out stays.")
    @PutMapping("/api/v1/autorecovery/limits")
    Map<String, Object> setLimits(@RequestBody Map<String, Object> body) {
        RepairLimits present = RunningBookie.await(repairs().limits());
        RepairLimits limits =
                new RepairLimits(number(body, "bytesPerSecond", present.bytesPerSecond(), Long.MAX_VALUE), (int)
                        number(body, "ledgersAtOnce", present.ledgersAtOnce(), Integer.MAX_VALUE));
        RunningBookie.await(repairs().setLimits(limits));
        return RepairFacts.of(limits);
    }

    private static long number(Map<String, Object> body, String member, long otherwise, long max) {
        Object value = body.getOrDefault(member, otherwise);
        boolean whole = value instanceof Long || value instanceof Integer;
        if (!whole || ((Number) value).longValue() < 0 || ((Number) value).longValue() > max) {
            throw new IllegalArgumentException(
                    member + " must be a whole number between 0 and " + max + ", was " + value + ".");
        }
        return ((Number) value).longValue();
    }

    private RepairStore repairs() {
        return bookie.required().metadata().repairs();
    }
}
