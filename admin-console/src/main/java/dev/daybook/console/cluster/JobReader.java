package dev.daybook.console.cluster;

import dev.daybook.core.job.Job;
import dev.daybook.protocol.model.Versioned;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads jobs straight from the metadata service, and cancels them, which is all that the console changes. Thread-safe. */
public final class JobReader {
    private final Asking asking;
    private final InstantSource clock;

    public JobReader(Asking asking, InstantSource clock) {
        this.asking = asking;
        this.clock = clock;
    }

    /** All that are kept, the newest first. */
    public Fact<List<Job>> all() {
        return asking.ask(admin -> admin.jobs().list().thenApply(JobReader::newestFirst))
                .join();
    }

    private static List<Job> newestFirst(List<Job> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparingLong(Job::id).reversed())
                .toList();
    }

    /** Holding empty if there is no such job, or it was forgotten. */
    public Fact<Optional<Job>> job(long id) {
        return asking.ask(admin -> admin.jobs().find(id).thenApply(found -> found.map(Versioned::value)))
                .join();
    }

    /** Wants the job to end; holding empty if there is none. */
    public Fact<Optional<Job>> cancel(long id) {
        return asking.ask(admin -> admin.jobs().cancel(id, clock.millis())).join();
    }
}
