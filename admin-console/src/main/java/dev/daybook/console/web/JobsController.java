package dev.daybook.console.web;

import dev.daybook.console.ConsoleProperties;
import dev.daybook.console.cluster.Fact;
import dev.daybook.console.cluster.JobReader;
import dev.daybook.console.view.JobPage;
import dev.daybook.console.view.JobRow;
import dev.daybook.core.job.Job;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Jobs that move copies: what they do, what is in their way, and how they are ended before their time. */
@Controller
class JobsController {
    private static final Logger LOG = LoggerFactory.getLogger(JobsController.class);

    private final JobReader jobs;
    private final boolean readOnly;

    JobsController(JobReader jobs, ConsoleProperties properties) {
        this.jobs = jobs;
        this.readOnly = properties.readOnly();
    }

    @GetMapping("/jobs")
    String jobs(Model model, HttpServletResponse response) {
        Fact<List<Job>> all = jobs.all();
        if (all.value().isEmpty()) {
            return Notice.unavailable(model, response, "Jobs", all.problem().orElse(""));
        }
        Instant now = Instant.now();
        model.addAttribute(
                "rows",
                all.value().get().stream().map(job -> JobRow.of(job, now)).toList());
        return "jobs";
    }

    @GetMapping("/jobs/{id}")
    String job(@PathVariable String id, Model model, HttpServletResponse response) {
        return show(id, "", model, response);
    }

    /** Changes nothing unless the name was typed that the page shows. */
    @PostMapping("/jobs/{id}/cancel")
    String cancel(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String confirm,
            Model model,
            HttpServletResponse response) {
        if (readOnly) {
            return Notice.show(
                    model,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Refused",
                    "This console changes nothing, because daybook.console.read-only is set.");
        }
        Optional<Job> job =
                number(id).flatMap(number -> jobs.job(number).value().flatMap(found -> found));
        if (job.isEmpty()) {
            return show(id, "", model, response);
        }
        String expected = JobPage.confirmation(job.get());
        if (!confirm.strip().equals(expected)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return show(id, "Nothing was changed: type " + expected + " to cancel the job.", model, response);
        }
        Fact<Optional<Job>> cancelled = jobs.cancel(job.get().id());
        if (cancelled.value().isEmpty()) {
            return Notice.unavailable(
                    model, response, "Job " + id, cancelled.problem().orElse(""));
        }
        LOG.info("Job {} was cancelled through the console.", job.get().id());
        return "redirect:/jobs/" + job.get().id();
    }

    private String show(String id, String refusal, Model model, HttpServletResponse response) {
        Optional<Long> number = number(id);
        if (number.isEmpty()) {
            return unknown(id, model, response);
        }
        Fact<Optional<Job>> found = jobs.job(number.get());
        if (found.value().isEmpty()) {
            return Notice.unavailable(
                    model, response, "Job " + id, found.problem().orElse(""));
        }
        if (found.value().get().isEmpty()) {
            return unknown(id, model, response);
        }
        model.addAttribute("page", JobPage.of(found.value().get().get(), Instant.now()));
        model.addAttribute("refusal", refusal);
        model.addAttribute("readOnly", readOnly);
        return "job";
    }

    private static String unknown(String id, Model model, HttpServletResponse response) {
        String sentence = number(id).isPresent()
                ? "There is no job " + id + ": it was never ordered, or ended so long ago that it was forgotten."
                : "A job's number is a whole number from 1 on.";
        return Notice.show(model, response, HttpServletResponse.SC_NOT_FOUND, "No such job", sentence);
    }

    private static Optional<Long> number(String id) {
        return id.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }
}
