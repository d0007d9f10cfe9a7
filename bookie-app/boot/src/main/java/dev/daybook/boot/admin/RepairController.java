package dev.daybook.boot.admin;

import dev.daybook.boot.facts.AuditFacts;
import dev.daybook.boot.facts.AuditTrigger;
import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.boot.facts.SearchNames;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

    @Summary("What the auditor does, did and plans; 404 if no auditor of Daybook was ever elected.")
    @GetMapping("/api/v1/autorecovery/auditor")
    Map<String, Object> auditor() {
        Map<String, Object> facts = AuditFacts.of(RunningBookie.await(
                        new AuditorReports(bookie.required().metadata().records()).read())
                .orElseThrow(() -> new AdminErrors.NoSuchThing(
                        "No auditor of Daybook was ever elected, and no other one reports.")));
        facts.put("elected", RunningBookie.await(repairs().auditor()).orElse("").equals(facts.get("auditor")));
        return facts;
    }

    @Summary("Has the auditor search now for lost-bookies, missing-copies, replicas (every copy of every entry) or"
            + " placement; 202 when it is told, 409 if there is none or repair is switched off.")
    @PostMapping("/api/v1/autorecovery/searches/{search}")
    ResponseEntity<Object> search(@PathVariable("search") String name) {
        Search search = SearchNames.find(name)
                .orElseThrow(() -> new AdminErrors.NoSuchThing("There is no search " + name + ": choose one of "
                        + String.join(", ", SearchNames.all()) + "."));
        if (!RunningBookie.await(repairs().enabled())) {
            return conflict("Repair is switched off, so nobody would look.");
        }
        Optional<String> auditor = RunningBookie.await(repairs().auditor());
        if (auditor.isEmpty()) {
            return conflict("No auditor is elected, so nobody would look.");
        }
        RunningBookie.await(AuditTrigger.pull(repairs(), search, System.currentTimeMillis()));
        return ResponseEntity.accepted().body(Map.of("search", name, "auditor", auditor.get()));
    }

    private static ResponseEntity<Object> conflict(String why) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, why));
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
