package dev.daybook.boot.admin;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.model.BookieId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The cluster's bookies at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceCluster {
    private final RunningBookie bookie;

    ReferenceCluster(RunningBookie bookie) {
        this.bookie = bookie;
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
