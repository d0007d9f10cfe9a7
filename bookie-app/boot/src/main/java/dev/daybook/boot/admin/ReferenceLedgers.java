package dev.daybook.boot.admin;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Versioned;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ledgers at the reference's paths. Passwords stay out: the member is there and empty. Source: admin surface, section 1.2.
 */
@RestController
class ReferenceLedgers {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LISTING = 500;
    private static final int PAGE = 100;

    private final RunningBookie bookie;

    ReferenceLedgers(RunningBookie bookie) {
        this.bookie = bookie;
    }

    /** Written as it is read, because there may be millions. */
    @Summary("Ids of all ledgers; with print_metadata=true also their records, in pages if page is given.")
    @GetMapping("/api/v1/ledger/list")
    ResponseEntity<StreamingResponseBody> list(
            @RequestParam(name = "print_metadata", defaultValue = "false") String print,
            @RequestParam(name = "decode_meta", defaultValue = "false") String decode,
            @RequestParam(name = "page", required = false) @Nullable Integer page) {
        MetadataStore store = bookie.required().metadata();
        boolean records = print.equals("true");
        boolean objects = decode.equals("true");
        Window window = records && page != null ? Window.ofPage(page) : Window.ALL;
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(out -> write(out, store, window, records, objects));
    }

    private static void write(OutputStream out, MetadataStore store, Window window, boolean records, boolean objects)
            throws IOException {
        try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(out)) {
            json.writeStartObject();
            long index = 0;
            Optional<LedgerId> after = Optional.empty();
            while (index < window.end()) {
                List<LedgerId> ids = RunningBookie.await(store.ledgers(after, LISTING));
                if (ids.isEmpty()) {
                    break;
                }
                for (LedgerId id : ids) {
                    if (window.contains(index)) {
                        member(json, store, id, records, objects);
                    }
                    index++;
                }
                after = Optional.of(ids.get(ids.size() - 1));
            }
            json.writeEndObject();
        }
        out.flush();
    }

    private static void member(JsonGenerator json, MetadataStore store, LedgerId id, boolean records, boolean objects) {
        String name = Long.toString(id.value());
        if (!records) {
            json.writeNullProperty(name);
            return;
        }
        RunningBookie.await(store.read(id)).map(Versioned::value).ifPresent(record -> {
            Map<String, @Nullable Object> decoded = decoded(id, record);
            json.writePOJOProperty(name, objects ? decoded : JSON.writeValueAsString(decoded));
        });
    }

    @Summary("One ledger's record; ledger_id is its id.")
    @GetMapping("/api/v1/ledger/metadata")
    ResponseEntity<String> metadata(@RequestParam(name = "ledger_id", required = false) @Nullable Long ledger) {
        if (ledger == null || ledger < 0) {
            return missing();
        }
        LedgerId id = new LedgerId(ledger);
        return RunningBookie.await(bookie.required().metadata().read(id))
                .map(record -> PlainAnswer.json(Map.of(Long.toString(ledger), decoded(id, record.value()))))
                .orElseGet(() -> PlainAnswer.text(500, "There is no ledger " + ledger + "."));
    }

    @Summary("Deletes the ledger ledger_id for good.")
    @DeleteMapping("/api/v1/ledger/delete")
    ResponseEntity<String> delete(@RequestParam(name = "ledger_id", required = false) @Nullable Long ledger) {
        if (ledger == null || ledger < 0) {
            return missing();
        }
        RunningBookie.await(bookie.required().metadata().delete(new LedgerId(ledger)));
        return PlainAnswer.json("Deleted ledger: " + ledger);
    }

    private static ResponseEntity<String> missing() {
        return PlainAnswer.text(404, "Parameter ledger_id is missing.");
    }

    private static Map<String, @Nullable Object> decoded(LedgerId id, LedgerMetadata record) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("ledgerId", id.value());
        object.put("metadataFormatVersion", record.formatVersion());
        object.put("ensembleSize", record.quorum().ensemble());
        object.put("writeQuorumSize", record.quorum().write());
        object.put("ackQuorumSize", record.quorum().ack());
        object.put("state", record.state().name());
        object.put("length", record.end().map(LedgerMetadata.End::length).orElse(0L));
        object.put(
                "lastEntryId", record.end().map(LedgerMetadata.End::lastEntryId).orElse(-1L));
        object.put("ctime", record.createdMillis().orElse(-1));
        object.put(
                "digestType",
                record.credentials().map(known -> known.digest().name()).orElse(null));
        object.put("password", "");
        Map<String, String> custom = new TreeMap<>();
        record.custom()
                .forEach((key, value) -> custom.put(key, Base64.getEncoder().encodeToString(value)));
        object.put("customMetadata", custom);
        object.put("closed", record.state() == LedgerState.CLOSED);
        Map<String, Object> ensembles = new LinkedHashMap<>();
        for (Fragment fragment : record.fragments()) {
            List<Object> members = new ArrayList<>();
            fragment.ensemble().forEach(member -> members.add(Map.of("id", member.value())));
            ensembles.put(Long.toString(fragment.firstEntryId()), members);
        }
        object.put("allEnsembles", ensembles);
        object.put("ctoken", record.creationToken());
        return object;
    }

    /** Indexes from 0 of the ledgers that are wanted. */
    private record Window(long first, long end) {
        static final Window ALL = new Window(0, Long.MAX_VALUE);

        /** The reference's pages: the first has 99 ledgers, page n begins with the (100 * (n - 1))-th. */
        static Window ofPage(int page) {
            long number = Math.max(1, page);
            return new Window(Math.max(0, PAGE * (number - 1) - 1), PAGE * number - 1);
        }

        boolean contains(long index) {
            return index >= first && index < end;
        }
    }
}
