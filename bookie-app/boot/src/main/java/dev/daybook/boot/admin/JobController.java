package dev.daybook.boot.admin;

import dev.daybook.boot.facts.JobFacts;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPlan;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.autorecovery.JobPlanning;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs: ordered with 202 once they are stored, looked at, cancelled. */
@RestController
class JobController {
    private static final String PATH = "/api/v1/jobs";

    private final RunningBookie bookie;
    private final OperatorClient client;

    JobController(RunningBookie bookie, OperatorClient client) {
        this.bookie = bookie;
        this.client = client;
    }

    @Summary("Jobs that move copies between bookies, the oldest first.")
    @GetMapping(PATH)
    Map<String, Object> list() {
        return Map.of(
                "jobs",
                RunningBookie.await(jobs().list()).stream().map(JobFacts::of).toList());
    }

    @Summary("One job, with what is in its way.")
    @GetMapping(PATH + "/{job}")
    Map<String, Object> show(@PathVariable("job") long id) {
        return facts(RunningBookie.await(jobs().find(id))
                .orElseThrow(() -> noSuchJob(id))
                .value());
    }

    @Summary("Orders a job, body {\"kind\":\"decommission\",\"bookie\":\"id\"} (or drain; replace with successor;"
            + " rebalance without bookie), answered with 202 when it is stored; dry-run=true only plans it.")
    @PostMapping(PATH)
    ResponseEntity<Object> order(
            @RequestParam(name = "dry-run", defaultValue = "false") boolean dryRun,
            @RequestBody Map<String, Object> body) {
        JobRequest request = JobRequest.of(body);
        if (dryRun || request.evacuation().isEmpty()) {
            JobPlan plan = plan(request);
            return dryRun ? ResponseEntity.ok(facts(plan)) : submit(plan.order());
        }
        requireKnown(request.evacuation().get().bookie());
        return submit(request.evacuation().get());
    }

    private JobPlan plan(JobRequest request) {
        try (JobPlanning planning = new JobPlanning(client.get())) {
            return RunningBookie.await(request.evacuation()
                    .map(planning::evacuation)
                    .orElseGet(() -> planning.rebalance(request.limits())));
        }
    }

    private ResponseEntity<Object> submit(JobOrder order) {
        if (order instanceof Rebalance rebalance && rebalance.moves().isEmpty()) {
            return conflict("The bookies are even enough, so there is nothing to move.");
        }
        Submission submission = RunningBookie.await(jobs().submit(order, System.currentTimeMillis()));
        if (submission instanceof Submission.Refused refused) {
            return conflict(refused.why());
        }
        Job job = ((Submission.Accepted) submission).job();
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + job.id()))
                .body(facts(job));
    }

    private static ResponseEntity<Object> conflict(String why) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, why));
    }

    /** One that is mistyped would be found to be empty after a walk through all ledgers. */
    private void requireKnown(BookieId id) {
        if (RunningBookie.await(metadata().bookieRecords()).stream()
                .map(BookieRecord::id)
                .noneMatch(id::equals)) {
            throw new AdminErrors.NoSuchThing("No bookie " + id + " ever joined the cluster.");
        }
    }

    @Summary("Cancels a job, which ends within seconds; what was moved stays where it is.")
    @DeleteMapping(PATH + "/{job}")
    ResponseEntity<Map<String, Object>> delete(@PathVariable("job") long id) {
        return cancel(id);
    }

    @Summary("As DELETE of the job.")
    @PostMapping(PATH + "/{job}/cancel")
    ResponseEntity<Map<String, Object>> cancel(@PathVariable("job") long id) {
        Job job = RunningBookie.await(jobs().cancel(id, System.currentTimeMillis()))
                .orElseThrow(() -> noSuchJob(id));
        return ResponseEntity.status(job.state().isEnd() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(facts(job));
    }

    @Summary("Has a bookie take new entries again that a job has emptied.")
    @PostMapping("/api/v1/bookies/{bookie}/readmit")
    Map<String, Object> readmit(@PathVariable("bookie") String id) {
        BookieId readmitted = new BookieId(id);
        boolean changed = RunningBookie.await(new ReadOnlyWishes(metadata().records()).set(readmitted, false));
        return Map.of("bookie", id, "changed", changed);
    }

    private static Map<String, Object> facts(Job job) {
        Map<String, Object> facts = JobFacts.of(job);
        facts.put("blockers", JobFacts.of(job.report().blockers()));
        facts.put("moves", JobFacts.moves(job.order()));
        return facts;
    }

    private static Map<String, Object> facts(JobPlan plan) {
        Map<String, Object> facts = JobFacts.of(plan);
        facts.put("blockers", JobFacts.of(plan.foreseen()));
        facts.put("moves", JobFacts.moves(plan.order()));
        return facts;
    }

    private JobStore jobs() {
        return new JobStore(metadata().records());
    }

    private MetadataStore metadata() {
        return bookie.required().metadata();
    }

    private static AdminErrors.NoSuchThing noSuchJob(long id) {
        return new AdminErrors.NoSuchThing("There is no job " + id + ".");
    }
}
