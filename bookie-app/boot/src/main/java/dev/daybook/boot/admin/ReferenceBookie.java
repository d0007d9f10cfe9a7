package dev.daybook.boot.admin;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsage.GarbageDirectory;
import dev.daybook.client.admin.BookieUsage.Hold;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.server.BookieServer;
import dev.daybook.server.garbage.CompactionHistory;
import dev.daybook.server.garbage.GarbageRequest;
import dev.daybook.server.garbage.Reclamation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** This bookie at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceBookie {
    private final RunningBookie bookie;

    ReferenceBookie(RunningBookie bookie) {
        this.bookie = bookie;
    }

    @Summary("Whether the bookie runs and takes entries.")
    @GetMapping("/api/v1/bookie/state")
    ResponseEntity<String> state() {
        Optional<BookieServer> server = bookie.running();
        Map<String, Object> state = new LinkedHashMap<>();
        boolean readOnly = server.map(BookieServer::isReadOnly).orElse(false);
        state.put("running", server.isPresent());
        state.put("readOnly", readOnly);
        state.put("shuttingDown", false);
        state.put("availableForHighPriorityWrites", server.isPresent());
        return PlainAnswer.json(state);
    }

    @Summary("Whether the bookie is read-only.")
    @GetMapping("/api/v1/bookie/state/readonly")
    ResponseEntity<String> readOnly() {
        return PlainAnswer.json(Map.of("readOnly", bookie.required().isReadOnly()));
    }

    @Summary("Makes the bookie read-only, body {\"readOnly\":true}, or takes that back.")
    @PutMapping("/api/v1/bookie/state/readonly")
    ResponseEntity<String> setReadOnly(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        if (body == null || !(body.get("readOnly") instanceof Boolean wanted)) {
            return PlainAnswer.text(400, "The body is {\"readOnly\":true} or {\"readOnly\":false}.");
        }
        BookieServer server = bookie.required();
        if (server.isReadOnlyForGood()) {
            return PlainAnswer.text(400, "The bookie is read-only by its settings (daybook.bookie.read-only).");
        }
        RunningBookie.await(server.holdReadOnly(wanted));
        return readOnly();
    }

    @Summary("Free and total bytes of the ledger folders' disks.")
    @GetMapping("/api/v1/bookie/info")
    ResponseEntity<String> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("freeSpace", ledgerDisks(BookieUsage.Directory::freeBytes));
        info.put("totalSpace", ledgerDisks(BookieUsage.Directory::totalBytes));
        return PlainAnswer.json(info);
    }

    private long ledgerDisks(ToLongFunction<BookieUsage.Directory> bytes) {
        return bookie.required().usage().directories().stream()
                .filter(directory -> directory.kind() == BookieUsage.Kind.LEDGER)
                .mapToLong(bytes)
                .sum();
    }

    @Summary("Whether space is being won back at an operator's request.")
    @GetMapping("/api/v1/bookie/gc")
    ResponseEntity<String> garbage() {
        boolean compacting = bookie.required().reclamation().status().directories().stream()
                .anyMatch(directory -> !directory.compacting().isEmpty());
        return PlainAnswer.json(Map.of("is_in_force_gc", Boolean.toString(compacting)));
    }

    @Summary("Has space won back now; body empty or {\"forceMajor\":true,\"forceMinor\":true}.")
    @PutMapping("/api/v1/bookie/gc")
    ResponseEntity<String> collect(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        BookieServer server = bookie.required();
        List<GarbageDirectory> directories = server.reclamation().status().directories();
        Set<CompactionKind> kinds = EnumSet.noneOf(CompactionKind.class);
        for (CompactionKind kind : CompactionKind.values()) {
            boolean otherwise = directories.stream().noneMatch(directory -> suspended(kind, directory));
            if (flag(body, member("force", kind)).orElse(otherwise)) {
                kinds.add(kind);
            }
        }
        return server.reclamation()
                .request(new GarbageRequest(false, kinds))
                .map(refusal -> PlainAnswer.text(400, refusal))
                .orElseGet(() -> PlainAnswer.json("Triggered GC on BookieServer: " + server.id()));
    }

    @Summary("How space is won back in each ledger folder.")
    @GetMapping("/api/v1/bookie/gc_details")
    ResponseEntity<String> garbageDetails() {
        Reclamation reclamation = bookie.required().reclamation();
        List<CompactionHistory> histories = reclamation.compactions();
        List<GarbageDirectory> directories = reclamation.status().directories();
        List<Map<String, Object>> details = new ArrayList<>();
        for (int i = 0; i < directories.size(); i++) {
            details.add(details(directories.get(i), histories.get(i)));
        }
        return PlainAnswer.json(details);
    }

    /** There is no index of locations that would be compacted by itself, so that it never was. */
    private static Map<String, Object> details(GarbageDirectory directory, CompactionHistory history) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("forceCompacting", history.asked());
        one.put("majorCompacting", directory.compacting().equalsIgnoreCase(CompactionKind.MAJOR.name()));
        one.put("minorCompacting", directory.compacting().equalsIgnoreCase(CompactionKind.MINOR.name()));
        one.put("lastMajorCompactionTime", history.major().lastMillis());
        one.put("lastMinorCompactionTime", history.minor().lastMillis());
        one.put("lastEntryLocationCompactionTime", 0);
        one.put("majorCompactionCounter", history.major().runs());
        one.put("minorCompactionCounter", history.minor().runs());
        one.put("entryLocationCompactionCounter", 0);
        return one;
    }

    @Summary("Which kinds of compaction are suspended.")
    @GetMapping("/api/v1/bookie/gc/suspend_compaction")
    ResponseEntity<String> suspensions() {
        List<GarbageDirectory> directories =
                bookie.required().reclamation().status().directories();
        Function<CompactionKind, String> text =
                kind -> Boolean.toString(directories.stream().anyMatch(directory -> suspended(kind, directory)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("isMinorGcSuspended", text.apply(CompactionKind.MINOR));
        answer.put("isMajorGcSuspended", text.apply(CompactionKind.MAJOR));
        return PlainAnswer.json(answer);
    }

    @Summary("Suspends compaction; body {\"suspendMajor\":true,\"suspendMinor\":true}, at least one of them.")
    @PutMapping("/api/v1/bookie/gc/suspend_compaction")
    ResponseEntity<String> suspend(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        return hold(body, "suspend", true);
    }

    @Summary("Lets compaction go on; body {\"resumeMajor\":true,\"resumeMinor\":true}, at least one of them.")
    @PutMapping("/api/v1/bookie/gc/resume_compaction")
    ResponseEntity<String> resume(@RequestBody(required = false) @Nullable Map<String, Object> body) {
        return hold(body, "resume", false);
    }

    private ResponseEntity<String> hold(@Nullable Map<String, Object> body, String verb, boolean suspended) {
        List<String> done = new ArrayList<>();
        for (CompactionKind kind : CompactionKind.values()) {
            if (flag(body, member(verb, kind)).orElse(false)) {
                bookie.required().reclamation().suspend(kind, suspended);
                done.add(kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return done.isEmpty()
                ? PlainAnswer.text(400, "The body has " + verb + "Major or " + verb + "Minor, or both.")
                : PlainAnswer.json("Success: " + verb + " " + String.join(" and ", done) + " compaction");
    }

    /** {@code forceMajor} and the like. */
    private static String member(String verb, CompactionKind kind) {
        return verb + (kind == CompactionKind.MAJOR ? "Major" : "Minor");
    }

    private static boolean suspended(CompactionKind kind, GarbageDirectory directory) {
        return (kind == CompactionKind.MAJOR ? directory.major() : directory.minor()) == Hold.OPERATOR;
    }

    private static Optional<Boolean> flag(@Nullable Map<String, Object> body, String name) {
        return body != null && body.get(name) instanceof Boolean value ? Optional.of(value) : Optional.empty();
    }
}
