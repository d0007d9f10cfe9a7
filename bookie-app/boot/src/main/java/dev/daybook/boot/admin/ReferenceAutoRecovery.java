package dev.daybook.boot.admin;

import dev.daybook.boot.facts.AuditTrigger;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.audit.Search;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Repair of the cluster at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceAutoRecovery {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int PAGE = 500;

    private final RunningBookie bookie;

    ReferenceAutoRecovery(RunningBookie bookie) {
        this.bookie = bookie;
    }

    @Summary("Whether repair is switched on.")
    @GetMapping("/api/v1/autorecovery/status")
    ResponseEntity<String> status() {
        return PlainAnswer.json(Map.of("enabled", RunningBookie.await(repairs().enabled())));
    }

    @Summary("Switches repair on (enabled=true) or off, for the whole cluster.")
    @PutMapping("/api/v1/autorecovery/status")
    ResponseEntity<String> setStatus(@RequestParam(name = "enabled", required = false) @Nullable String enabled) {
        if (enabled == null) {
            return PlainAnswer.text(NOT_FOUND, "Parameter enabled is missing.");
        }
        boolean wanted = enabled.equals("true");
        RunningBookie.await(repairs().setEnabled(wanted));
        return PlainAnswer.json(Map.of("enabled", wanted));
    }

    @Summary("Ids of ledgers that lack copies; with printmissingreplica also the bookies that lost them.")
    @GetMapping("/api/v1/autorecovery/list_under_replicated_ledger")
    ResponseEntity<String> underReplicated(
            @RequestParam(name = "missingreplica", required = false) @Nullable String missing,
            @RequestParam(name = "excludingmissingreplica", required = false) @Nullable String excluded,
            @RequestParam(name = "printmissingreplica", required = false) @Nullable String print) {
        Map<Long, List<String>> found = new LinkedHashMap<>();
        Optional<LedgerId> after = Optional.empty();
        while (true) {
            List<UnderReplicatedLedger> page = RunningBookie.await(repairs().marked(after, PAGE));
            if (page.isEmpty()) {
                break;
            }
            for (UnderReplicatedLedger marked : page) {
                List<String> lost =
                        marked.missing().stream().map(BookieId::value).toList();
                if ((missing == null || lost.contains(missing)) && (excluded == null || !lost.contains(excluded))) {
                    found.put(marked.ledger().value(), lost);
                }
            }
            after = Optional.of(page.get(page.size() - 1).ledger());
        }
        if (found.isEmpty()) {
            return PlainAnswer.text(NOT_FOUND, "No under replicated ledgers found");
        }
        return PlainAnswer.json(print == null ? found.keySet() : found);
    }

    @Summary("Who is the auditor.")
    @GetMapping("/api/v1/autorecovery/who_is_auditor")
    ResponseEntity<String> auditor() {
        return RunningBookie.await(repairs().auditor())
                .map(id -> PlainAnswer.text(200, "Auditor: " + id))
                .orElseGet(() -> PlainAnswer.text(NOT_FOUND, "No auditor found"));
    }

    @Summary("Has the auditor look for lost bookies now.")
    @PutMapping("/api/v1/autorecovery/trigger_audit")
    ResponseEntity<String> trigger() {
        if (!RunningBookie.await(repairs().enabled())) {
            return PlainAnswer.text(NOT_FOUND, "Repair is switched off.");
        }
        if (RunningBookie.await(repairs().auditor()).isEmpty()) {
            return PlainAnswer.text(NOT_FOUND, "No auditor found");
        }
        RunningBookie.await(AuditTrigger.pull(repairs(), Search.LOST_BOOKIES, System.currentTimeMillis()));
        return PlainAnswer.text(200, "Success trigger audit.");
    }

    @Summary(
            "Orders the decommission of a bookie, body {\"bookie_src\":\"id\",\"delete_cookie\":\"true\"}; see /api/v1/jobs.")
    @PutMapping("/api/v1/autorecovery/decommission")
    ResponseEntity<String> decommission(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        if (body == null || !(body.get("bookie_src") instanceof String source) || !BookieId.isValid(source)) {
            return PlainAnswer.text(
                    NOT_FOUND, "The body is {\"bookie_src\":\"id of a bookie\",\"delete_cookie\":\"true\"}.");
        }
        boolean cookieGoes = "true".equals(String.valueOf(body.get("delete_cookie")));
        return order(source, cookieGoes, "Success send decommission Bookie command " + source);
    }

    @Summary(
            "Orders that the copies of a bookie are made anew elsewhere, body {\"bookie_src\":[\"id\"],\"delete_cookie\":true};"
                    + " see /api/v1/jobs.")
    @PutMapping("/api/v1/autorecovery/bookie")
    ResponseEntity<String> recover(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        if (body == null
                || !(body.get("bookie_src") instanceof List<?> sources)
                || sources.isEmpty()
                || !(sources.get(0) instanceof String source)
                || !BookieId.isValid(source)) {
            return PlainAnswer.text(
                    NOT_FOUND, "The body is {\"bookie_src\":[\"id of a bookie\"],\"delete_cookie\":true}.");
        }
        return order(source, Boolean.TRUE.equals(body.get("delete_cookie")), "Success send recovery request command.");
    }

    private ResponseEntity<String> order(String source, boolean cookieGoes, String success) {
        Evacuation order = Evacuation.decommission(new BookieId(source));
        JobStore jobs = new JobStore(bookie.required().metadata().records());
        Submission submission = RunningBookie.await(
                jobs.submit(cookieGoes ? order : order.keepingCookie(), System.currentTimeMillis()));
        return submission instanceof Submission.Refused refused
                ? PlainAnswer.text(SERVER_ERROR, refused.why())
                : PlainAnswer.text(200, success);
    }

    @Summary("Seconds that a single lost bookie is waited for.")
    @GetMapping("/api/v1/autorecovery/lost_bookie_recovery_delay")
    ResponseEntity<String> delay() {
        OptionalLong seconds = RunningBookie.await(repairs().lostBookieDelaySeconds());
        return seconds.isPresent()
                ? PlainAnswer.text(200, "lostBookieRecoveryDelay value: " + seconds.getAsLong())
                : PlainAnswer.text(NOT_FOUND, "No lostBookieRecoveryDelay was ever stored.");
    }

    @Summary("Sets them; body {\"delay_seconds\":n}.")
    @PutMapping("/api/v1/autorecovery/lost_bookie_recovery_delay")
    ResponseEntity<String> setDelay(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        if (body == null || !(body.get("delay_seconds") instanceof Number seconds) || seconds.longValue() < 0) {
            return PlainAnswer.text(NOT_FOUND, "The body is {\"delay_seconds\":n}, n not negative.");
        }
        RunningBookie.await(repairs().setLostBookieDelay(seconds.longValue()));
        return PlainAnswer.text(200, "Success set lostBookieRecoveryDelay to " + seconds.longValue());
    }

    private RepairStore repairs() {
        return bookie.required().metadata().repairs();
    }
}
