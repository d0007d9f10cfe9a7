package dev.daybook.boot.bookie;

import dev.daybook.boot.admin.Summary;
import dev.daybook.engine.compaction.CompactionKind;
import dev.daybook.server.BookieServer;
import dev.daybook.server.garbage.GarbageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets operators have space won back now, or keep compaction from running. How it goes is told with the usage. What is
 * asked for runs in the background; 202 says that it was asked for, 409 with a {@code problem} that it cannot be.
 */
@RestController
class GarbageController {
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final BookieLifecycle lifecycle;

    GarbageController(BookieLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Looks for deleted ledgers and gives their space back.
     *
     * @param compact kinds of compaction to run as well, {@code minor} and {@code major}
     * @param mayDeleteAll the deletions are meant, however many they are; only from the bookie's own machine
     */
    @Summary("Looks for deleted ledgers now and gives their space back.")
    @PostMapping("/api/v1/bookie/gc")
    ResponseEntity<Map<String, String>> collect(
            @RequestParam(name = "compact", defaultValue = "") List<String> compact,
            @RequestParam(name = "may-delete-all", defaultValue = "false") boolean mayDeleteAll,
            HttpServletRequest from) {
        if (mayDeleteAll && !isLocal(from)) {
            return answer(
                    FORBIDDEN,
                    "problem",
                    "Say may-delete-all on the machine of the bookie, because nothing undoes it.");
        }
        Set<CompactionKind> kinds = EnumSet.noneOf(CompactionKind.class);
        for (String name : compact) {
            Optional<CompactionKind> kind = kindOf(name);
            if (kind.isEmpty()) {
                return unknownKind(name);
            }
            kinds.add(kind.get());
        }
        return onBookie(server -> server.reclamation()
                .request(new GarbageRequest(mayDeleteAll, kinds))
                .map(refusal -> answer(CONFLICT, "problem", refusal))
                .orElseGet(() -> answer(ACCEPTED, "state", "started")));
    }

    /** Keeps a kind from running until it is resumed or the bookie starts again. A run that has begun goes on. */
    @Summary("Keeps a kind of compaction, minor or major, from running.")
    @PostMapping("/api/v1/bookie/compaction/{kind}/suspend")
    ResponseEntity<Map<String, String>> suspend(@PathVariable("kind") String kind) {
        return hold(kind, true);
    }

    @Summary("Lets a kind of compaction run again.")
    @PostMapping("/api/v1/bookie/compaction/{kind}/resume")
    ResponseEntity<Map<String, String>> resume(@PathVariable("kind") String kind) {
        return hold(kind, false);
    }

    private ResponseEntity<Map<String, String>> hold(String name, boolean suspended) {
        Optional<CompactionKind> kind = kindOf(name);
        if (kind.isEmpty()) {
            return unknownKind(name);
        }
        return onBookie(server -> {
            server.reclamation().suspend(kind.get(), suspended);
            return answer(ACCEPTED, "state", suspended ? "suspended" : "resumed");
        });
    }

    private ResponseEntity<Map<String, String>> onBookie(
            Function<BookieServer, ResponseEntity<Map<String, String>>> action) {
        return lifecycle
                .server()
                .filter(BookieServer::isRunning)
                .map(action)
                .orElseGet(() -> answer(UNAVAILABLE, "problem", "The bookie is starting or stopping: try again."));
    }

    private static boolean isLocal(HttpServletRequest from) {
        try {
            return InetAddress.getByName(from.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<CompactionKind> kindOf(String name) {
        for (CompactionKind kind : CompactionKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static ResponseEntity<Map<String, String>> unknownKind(String name) {
        return answer(
                BAD_REQUEST, "problem", "There is no compaction \"" + name + "\": choose \"minor\" or \"major\".");
    }

    private static ResponseEntity<Map<String, String>> answer(int status, String name, String value) {
        return ResponseEntity.status(status).body(Map.of(name, value));
    }
}
