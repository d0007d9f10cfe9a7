package dev.daybook.console.web;

import dev.daybook.client.meta.MetadataUri;
import dev.daybook.console.cluster.ClusterSnapshot;
import dev.daybook.console.cluster.ClusterWatch;
import dev.daybook.console.cluster.Verdict;
import dev.daybook.console.view.Mark;
import dev.daybook.console.view.When;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the frame to the model of every page; a visitor who is not logged in gets none. */
@ControllerAdvice
class ChromeAdvice {
    private final ClusterWatch watch;
    private final MetadataUri uri;

    ChromeAdvice(ClusterWatch watch, MetadataUri uri) {
        this.watch = watch;
        this.uri = uri;
    }

    @ModelAttribute("chrome")
    @Nullable
    Chrome chrome(HttpServletRequest request, HttpServletResponse response) {
        Principal user = request.getUserPrincipal();
        if (user == null) {
            return null;
        }
        ClusterSnapshot snapshot = watch.current();
        Instant now = Instant.now();
        When takenAt = When.of(snapshot.takenAt(), now);
        response.setHeader("X-Snapshot-At", takenAt.iso());
        return new Chrome(
                uri.toString(),
                user.getName(),
                Mark.of(Verdict.of(snapshot).level()),
                snapshot.metadataProblem().orElse(""),
                takenAt,
                watch.overdue(now),
                snapshot.bookies().at().map(at -> When.of(at, now)).orElse(null));
    }
}
