package dev.daybook.boot.admin;

import dev.daybook.boot.facts.BookieFacts;
import dev.daybook.boot.facts.LedgerFacts;
import dev.daybook.boot.facts.RepairFacts;
import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.server.BookieServer;
import dev.daybook.server.garbage.SealedLog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Our own paths. Lists come in pages: {@code next} is what {@code after} wants to be for the next one. */
@RestController
class ClusterController {
    private static final int PAGE_MAX = 1000;

    private final RunningBookie bookie;

    ClusterController(RunningBookie bookie) {
        this.bookie = bookie;
    }

    @Summary("Ledgers of the cluster in the order of their ids, a page.")
    @GetMapping("/api/v1/ledgers")
    Map<String, Object> ledgers(
            @RequestParam(name = "after", required = false) @Nullable Long after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        List<LedgerId> ledgers = RunningBookie.await(metadata().ledgers(id(after), checked(limit)));
        return page(ledgers, LedgerId::value, ledgers, limit);
    }

    @Summary("One ledger's record, without its password.")
    @GetMapping("/api/v1/ledgers/{ledger}")
    Map<String, Object> ledger(@PathVariable("ledger") long ledger) {
        LedgerId id = new LedgerId(ledger);
        return RunningBookie.await(metadata().read(id))
                .map(record -> LedgerFacts.all(id, record))
                .orElseThrow(() -> noSuchLedger(id));
    }

    @Summary("Deletes a ledger for good; bookies give the space back later.")
    @DeleteMapping("/api/v1/ledgers/{ledger}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable("ledger") long ledger) {
        LedgerId id = new LedgerId(ledger);
        if (RunningBookie.await(metadata().read(id)).isEmpty()) {
            throw noSuchLedger(id);
        }
        RunningBookie.await(metadata().delete(id));
    }

    @Summary("Every bookie with a registration or a cookie.")
    @GetMapping("/api/v1/bookies")
    Map<String, Object> bookies() {
        return Map.of(
                "bookies",
                RunningBookie.await(metadata().bookieRecords()).stream()
                        .map(BookieFacts::of)
                        .toList());
    }

    @Summary(
            "Ledgers that lack copies in the order of their ids, with whoever repairs them now and what keeps them; a page.")
    @GetMapping("/api/v1/under-replicated")
    Map<String, Object> underReplicated(
            @RequestParam(name = "after", required = false) @Nullable Long after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        List<UnderReplicatedLedger> marked =
                RunningBookie.await(metadata().repairs().marked(id(after), checked(limit)));
        return page(
                marked,
                new RepairFacts(RunningBookie.await(metadata().repairs().workers()))::of,
                marked.stream().map(UnderReplicatedLedger::ledger).toList(),
                limit);
    }

    @Summary("This bookie's journals: files, head, and how much a restart after a crash would read.")
    @GetMapping("/api/v1/bookie/journals")
    Map<String, Object> journals() {
        return Map.of("journals", usage().journals());
    }

    @Summary(
            "This bookie's entry logs: all of them counted, the newest listed, with live bytes once space was looked for.")
    @GetMapping("/api/v1/bookie/entry-logs")
    Map<String, Object> entryLogs() {
        BookieServer server = bookie.required();
        Map<String, Map<Long, Long>> live = new HashMap<>();
        for (SealedLog log : server.reclamation().sealedLogs()) {
            live.computeIfAbsent(log.directory(), first -> new HashMap<>()).put((long) log.logId(), log.liveBytes());
        }
        BookieUsage.EntryLogs logs = server.usage().entryLogs();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", logs.count());
        answer.put("bytes", logs.bytes());
        answer.put(
                "files",
                logs.files().stream()
                        .map(log -> facts(
                                log,
                                live.getOrDefault(log.directory(), Map.of()).get(log.id())))
                        .toList());
        return answer;
    }

    private static Map<String, Object> facts(BookieUsage.EntryLog log, @Nullable Long liveBytes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", log.id());
        facts.put("directory", log.directory());
        facts.put("bytes", log.bytes());
        facts.put("open", log.open());
        if (liveBytes != null) {
            facts.put("liveBytes", liveBytes);
        }
        return facts;
    }

    @Summary("This bookie's folders and the disks below them.")
    @GetMapping("/api/v1/bookie/directories")
    Map<String, Object> directories() {
        return Map.of("directories", usage().directories());
    }

    private BookieUsage usage() {
        return bookie.required().usage();
    }

    private MetadataStore metadata() {
        return bookie.required().metadata();
    }

    private static Optional<LedgerId> id(@Nullable Long after) {
        return Optional.ofNullable(after).map(LedgerId::new);
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new IllegalArgumentException("limit must lie between 1 and " + PAGE_MAX + ", was " + limit + ".");
        }
        return limit;
    }

    private static <T> Map<String, Object> page(
            List<T> things, Function<T, Object> form, List<LedgerId> ids, int limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("ledgers", things.stream().map(form).toList());
        if (things.size() == limit) {
            page.put("next", ids.get(limit - 1).value());
        }
        return page;
    }

    private static AdminErrors.NoSuchThing noSuchLedger(LedgerId ledger) {
        return new AdminErrors.NoSuchThing("There is no ledger " + ledger + ".");
    }
}
