package dev.daybook.boot.admin;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.model.BookieId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The cluster's bookies at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceCluster {
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private final RunningBookie bookie;
    private final OperatorClient client;

    ReferenceCluster(RunningBookie bookie, OperatorClient client) {
        this.bookie = bookie;
        this.client = client;
    }

    @Summary("Registered bookies, type rw or ro, with host names if print_hostnames is true.")
    @GetMapping("/api/v1/bookie/list_bookies")
    ResponseEntity<String> bookies(
            @RequestParam(name = "type", defaultValue = "rw") String type,
            @RequestParam(name = "print_hostnames", defaultValue = "false") String hostNames) {
        MetadataStore store = bookie.required().metadata();
        BookieSnapshot seen = store.bookies();
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        for (BookieId id : type.equals("ro") ? seen.readOnly() : seen.writable()) {
            answer.put(id.value(), hostNames.equals("true") ? hostOf(store, id) : null);
        }
        return PlainAnswer.json(answer);
    }

    private static @Nullable String hostOf(MetadataStore store, BookieId id) {
        return RunningBookie.await(store.resolve(id)).map(BookieAddress::host).orElse(null);
    }

    /** Bookies that do not answer are left out, and a disk that several of them share counts several times. */
    @Summary("Free and total space of every bookie, as it says itself, and of all together.")
    @GetMapping("/api/v1/bookie/list_bookie_info")
    ResponseEntity<String> bookieInfo() {
        BookieSnapshot seen = bookie.required().metadata().bookies();
        LedgerAdmin admin = client.get().admin();
        Map<BookieId, CompletableFuture<DiskUsage>> asked = new LinkedHashMap<>();
        Stream.concat(seen.writable().stream(), seen.readOnly().stream())
                .forEach(id -> asked.put(id, admin.diskUsage(id).toCompletableFuture()));
        Map<String, Object> answer = new LinkedHashMap<>();
        DiskUsage all = new DiskUsage(0, 0);
        for (Map.Entry<BookieId, CompletableFuture<DiskUsage>> one : asked.entrySet()) {
            Optional<DiskUsage> usage = one.getValue()
                    .handle((told, failure) -> Optional.ofNullable(told))
                    .join();
            if (usage.isPresent()) {
                answer.put(one.getKey().value(), ": " + space(usage.get()) + ",");
                all = new DiskUsage(
                        all.totalBytes() + usage.get().totalBytes(),
                        all.freeBytes() + usage.get().freeBytes());
            }
        }
        if (answer.isEmpty()) {
            return PlainAnswer.text(404, "No bookie tells how much space it has.");
        }
        answer.put("ClusterInfo: ", space(all));
        return PlainAnswer.json(answer);
    }

    private static String space(DiskUsage usage) {
        return "{Free: " + bytes(usage.freeBytes()) + ", Total: " + bytes(usage.totalBytes()) + "}";
    }

    /** A number of bytes, and the same for a person. */
    private static String bytes(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (shown >= 1_000 && unit < UNITS.size() - 1) {
            shown /= 1_000;
            unit++;
        }
        return bytes + String.format(Locale.ROOT, "(%.3f%s)", shown, UNITS.get(unit));
    }

    @Summary("Counts of bookies, the auditor and the switch of repair.")
    @GetMapping("/api/v1/bookie/cluster_info")
    ResponseEntity<String> clusterInfo() {
        MetadataStore store = bookie.required().metadata();
        Optional<String> auditor = RunningBookie.await(store.repairs().auditor());
        List<BookieRecord> bookies = RunningBookie.await(store.bookieRecords());
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("auditorElected", auditor.isPresent());
        info.put("auditorId", auditor.orElse(""));
        info.put(
                "clusterUnderReplicated",
                !RunningBookie.await(store.repairs().marked(Optional.empty(), 1))
                        .isEmpty());
        info.put("ledgerReplicationEnabled", RunningBookie.await(store.repairs().enabled()));
        info.put("totalBookiesCount", bookies.size());
        info.put("writableBookiesCount", count(bookies, BookieRecord.State.WRITABLE));
        info.put("readonlyBookiesCount", count(bookies, BookieRecord.State.READ_ONLY));
        info.put("unavailableBookiesCount", count(bookies, BookieRecord.State.DOWN));
        return PlainAnswer.json(info);
    }

    private static long count(List<BookieRecord> bookies, BookieRecord.State state) {
        return bookies.stream().filter(one -> one.state() == state).count();
    }
}
