package dev.daybook.boot.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What machines ask for that watch a bookie, at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceHealth {
    private static final String PROMETHEUS_TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final RunningBookie bookie;
    private final PrometheusMeterRegistry metrics;

    ReferenceHealth(RunningBookie bookie, PrometheusMeterRegistry metrics) {
        this.bookie = bookie;
        this.metrics = metrics;
    }

    @Summary("Whether the process answers.")
    @GetMapping("/heartbeat")
    ResponseEntity<String> heartbeat() {
        return PlainAnswer.text(200, "OK\n");
    }

    @Summary("Metrics in the text form of Prometheus.")
    @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
    String metrics() {
        return metrics.scrape();
    }

    @Summary("Whether the bookie serves.")
    @GetMapping("/api/v1/bookie/is_ready")
    ResponseEntity<String> isReady() {
        return bookie.running().isPresent()
                ? PlainAnswer.text(200, "OK")
                : PlainAnswer.text(503, "Bookie is not fully started yet");
    }
}
