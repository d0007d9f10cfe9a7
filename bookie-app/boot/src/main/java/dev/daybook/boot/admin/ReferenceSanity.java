package dev.daybook.boot.admin;

import dev.daybook.server.BookieServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this bookie keeps what it is given, at the reference's path. Source: admin surface, section 1.2. */
@RestController
class ReferenceSanity {
    private final RunningBookie bookie;
    private final BookieSanity sanity;

    ReferenceSanity(RunningBookie bookie, OperatorClient client) {
        this.bookie = bookie;
        this.sanity = new BookieSanity(client);
    }

    @Summary("Whether the bookie keeps a small ledger that is written to it, read back and deleted.")
    @GetMapping("/api/v1/bookie/sanity")
    ResponseEntity<String> sanity() {
        BookieServer server = bookie.required();
        boolean readOnly = server.isReadOnly();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("passed", !readOnly && sanity.test(server.id()));
        answer.put("readOnly", readOnly);
        return PlainAnswer.json(answer);
    }
}
