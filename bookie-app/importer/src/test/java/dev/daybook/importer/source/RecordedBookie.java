package dev.daybook.importer.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lays out the files that a small bookie of the peer left behind, as recorded. */
public final class RecordedBookie {
    private RecordedBookie() {}

    public static SourceFolders in(Path folder, String storage) throws IOException {
        JsonNode recording;
        try (InputStream stream = RecordedBookie.class.getResourceAsStream("/vectors/ondisk/" + storage + ".json")) {
            recording = JsonMapper.shared().readTree(stream);
        }
        for (JsonNode file : recording.get("files")) {
            Path path = folder.resolve(file.get("file").asString());
            Files.createDirectories(path.getParent());
            byte[] bytes = HexFormat.of().parseHex(file.get("hex").asString());
            Files.write(path, Arrays.copyOf(bytes, file.get("size").asInt()));
        }
        if (recording.has("rocksdb_ledgers")) {
            Path index = Files.createDirectories(folder.resolve("index/current"));
            Files.copy(folder.resolve("ledgers/current/VERSION"), index.resolve("VERSION"));
            write(index.resolve("ledgers"), recording.get("rocksdb_ledgers"));
            write(index.resolve("locations"), recording.get("rocksdb_locations"));
        }
        return new SourceFolders(
                List.of(folder.resolve("journal")),
                List.of(folder.resolve("ledgers")),
                List.of(folder.resolve("index")));
    }

    private static void write(Path database, JsonNode rows) throws IOException {
        RocksDB.loadLibrary();
        Files.createDirectories(database);
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB target = RocksDB.open(options, database.toString())) {
            for (JsonNode row : rows) {
                target.put(
                        HexFormat.of().parseHex(row.get("keyHex").asString()),
                        HexFormat.of().parseHex(row.get("valueHex").asString()));
            }
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }
}
