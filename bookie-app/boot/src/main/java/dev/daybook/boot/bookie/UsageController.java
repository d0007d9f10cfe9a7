package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.Summary;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsageJson;
import dev.daybook.server.BookieServer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the console reads from each bookie. */
@RestController
class UsageController {
    private final BookieLifecycle lifecycle;

    UsageController(BookieLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** 503 while the bookie starts or stops. */
    @Summary("What the bookie holds at this moment.")
    @GetMapping(path = BookieUsage.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> usage() {
        return lifecycle
                .server()
                .filter(BookieServer::isRunning)
                .map(server -> ResponseEntity.ok(BookieUsageJson.write(server.usage())))
                .orElseGet(() -> ResponseEntity.status(503).build());
    }
}
