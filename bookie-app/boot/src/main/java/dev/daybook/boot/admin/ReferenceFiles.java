package dev.daybook.boot.admin;

import dev.daybook.server.shard.StoredFiles;
import dev.daybook.server.shard.StoredFiles.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What lies in this bookie's folders, at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceFiles {
    private final RunningBookie bookie;

    ReferenceFiles(RunningBookie bookie) {
        this.bookie = bookie;
    }

    /** The reference's files are numbered by their time, so no two have one number; here the folder tells them apart. */
    @Summary("Where a start after a crash would begin to read each journal.")
    @GetMapping("/api/v1/bookie/last_log_mark")
    ResponseEntity<String> lastLogMark() {
        Map<String, String> marks = new LinkedHashMap<>();
        for (Mark mark : files().marks()) {
            String name = "LastLogMark: Journal Id - " + mark.file() + "(" + Long.toHexString(mark.file()) + ".txn)";
            String free = marks.containsKey(name) ? name + " of " + mark.directory() : name;
            marks.put(free, "Pos - " + mark.offset());
        }
        return PlainAnswer.json(marks);
    }

    @Summary(
            "Names of the files in this bookie's folders; file_type is journal, entrylog or index, otherwise all of them.")
    @GetMapping("/api/v1/bookie/list_disk_file")
    ResponseEntity<String> diskFiles(@RequestParam(name = "file_type", required = false) @Nullable String type) {
        StoredFiles files = files();
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("journal files", list(files.journals()));
        lists.put("entrylog files", list(files.entryLogs()));
        lists.put("index files", list(files.indexes()));
        String only = type + " files";
        return PlainAnswer.json(lists.containsKey(only) ? Map.of(only, lists.get(only)) : lists);
    }

    /** Each followed by a tab, as the reference has it. */
    private static String list(List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(name).append('\t'));
        return text.toString();
    }

    private StoredFiles files() {
        try {
            return bookie.required().files();
        } catch (IOException e) {
            throw new UncheckedIOException("The bookie's folders could not be listed: " + e.getMessage() + ".", e);
        }
    }
}
