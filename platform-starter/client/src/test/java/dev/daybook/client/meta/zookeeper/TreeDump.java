package dev.daybook.client.meta.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded tree of a cluster, or of a part of it. */
final class TreeDump {
    /** The recordings belong to the module that knows the formats. */
    private static final Path RECORDINGS =
            Path.of("..", "protocol", "src", "test", "resources", "vectors-metadata", "zookeeper-tree");

    /** One recorded node. */
    record Node(String path, byte[] bytes, boolean ephemeral, int version) {}

    private final String root;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private TreeDump(String root) {
        this.root = root;
    }

    static TreeDump read(String name) throws IOException {
        JsonNode json = new JsonMapper().readTree(Files.readString(RECORDINGS.resolve(name + ".json")));
        TreeDump dump = new TreeDump(json.get("root").asString().replaceFirst("/(available|underreplication)$", ""));
        for (JsonNode node : json.get("znodes")) {
            String path = node.get("path").asString();
            dump.nodes.put(
                    path,
                    new Node(
                            path,
                            HexFormat.of().parseHex(node.get("hex").asString()),
                            node.get("ephemeral").asBoolean(),
                            node.get("version").asInt()));
        }
        return dump;
    }

    String root() {
        return root;
    }

    Set<String> paths() {
        return nodes.keySet();
    }

    /** The node with a path relative to the root. */
    Node node(String path) {
        return Objects.requireNonNull(nodes.get(root + path), path);
    }

    String text(String path) {
        return new String(node(path).bytes(), StandardCharsets.UTF_8);
    }

    /** Creates every node with its recorded data version; ephemeral ones live as long as the client. */
    void loadInto(ZooKeeper client) throws KeeperException, InterruptedException {
        for (Node node : nodes.values()) {
            for (String parent : parentsOf(node.path())) {
                if (client.exists(parent, false) == null) {
                    client.create(parent, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                }
            }
            client.create(
                    node.path(),
                    node.bytes(),
                    ZooDefs.Ids.OPEN_ACL_UNSAFE,
                    node.ephemeral() ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT);
            for (int version = 0; version < node.version(); version++) {
                client.setData(node.path(), node.bytes(), version);
            }
        }
    }

    private static List<String> parentsOf(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents;
    }
}
