package dev.daybook.boot.admin;

import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Versioned;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries at the reference's path, of whatever bookies have them. Writers are left in peace: only confirmed entries are
 * told. Source: admin surface, section 1.2.
 */
@RestController
class ReferenceEntries {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 1_000;
    private static final int BATCH = 100;
    private static final long BATCH_BYTES = 1 << 20;

    private final OperatorClient client;

    ReferenceEntries(OperatorClient client) {
        this.client = client;
    }

    @Summary(
            "Confirmed entries of a ledger as ASCII, from start_entry_id to end_entry_id (-1: the last), or a page of them.")
    @GetMapping("/api/v1/ledger/read")
    ResponseEntity<StreamingResponseBody> read(
            @RequestParam(name = "ledger_id", required = false) @Nullable Long ledger,
            @RequestParam(name = "start_entry_id", defaultValue = "0") long start,
            @RequestParam(name = "end_entry_id", defaultValue = "-1") long end,
            @RequestParam(name = "page", required = false) @Nullable Integer page) {
        if (ledger == null || ledger < 0) {
            return refused(404, "Parameter ledger_id is missing.");
        }
        LedgerId id = new LedgerId(ledger);
        LedgerClient connected = client.get();
        Optional<LedgerMetadata> record =
                RunningBookie.await(connected.admin().ledger(id)).map(Versioned::value);
        if (record.isEmpty()) {
            return refused(500, "There is no ledger " + ledger + ".");
        }
        ReadLedger open = RunningBookie.await(connected.open(id, password(record.get())));
        long confirmed = confirmed(open);
        long last = end < 0 ? confirmed : end;
        if (start < 0 || last > confirmed || (start > last && confirmed >= 0)) {
            open.close();
            return refused(
                    500,
                    "Ledger " + ledger + " has the confirmed entries 0 to " + confirmed + ", which do not include "
                            + start + " to " + last + ".");
        }
        long first = page == null ? start : start + (Math.max(1, page) - 1L) * PAGE;
        long until = page == null ? last : Math.min(last, first + PAGE - 1);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(out -> write(out, open, first, until, page));
    }

    private static ResponseEntity<StreamingResponseBody> refused(int status, String sentence) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_PLAIN)
                .body(out -> out.write(sentence.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whoever shows the operators' token could read the password in the metadata service as well. */
    private static LedgerPassword password(LedgerMetadata record) {
        return record.credentials().map(Credentials::password).orElse(LedgerPassword.EMPTY);
    }

    private static long confirmed(ReadLedger open) {
        return open.isClosed() ? open.lastAddConfirmed() : RunningBookie.await(open.readLastAddConfirmed());
    }

    private static void write(OutputStream out, ReadLedger ledger, long first, long last, @Nullable Integer page)
            throws IOException {
        try (ledger;
                JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(out)) {
            json.writeStartObject();
            if (page != null) {
                json.writeStringProperty("Entries for page: ", Integer.toString(Math.max(1, page)));
            }
            for (long next = first; next <= last; ) {
                int count = (int) Math.min(BATCH, last - next + 1);
                List<LedgerEntry> entries = RunningBookie.await(ledger.readBatch(next, count, BATCH_BYTES));
                for (LedgerEntry entry : entries) {
                    json.writeStringProperty(
                            entry.id().toString(), new String(entry.payload(), StandardCharsets.US_ASCII));
                }
                next += entries.size();
            }
            json.writeEndObject();
        }
        out.flush();
    }
}
