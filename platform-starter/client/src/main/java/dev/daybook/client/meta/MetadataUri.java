package dev.daybook.client.meta;

import dev.daybook.protocol.model.LedgerLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the cluster's metadata live: {@code zk[+type]://host[:port]{;host[:port]}/path} or {@code
 * etcd://host[:port]{;host[:port]}/path}. Source: metadata specification, section 2. Hosts may be separated by {@code ;}
 * or {@code ,}.
 *
 * @param layout absent when the URI leaves the choice to the cluster's LAYOUT; always absent for etcd, which has one
 * @param hosts {@code host:port}, the port always present
 * @param root absolute path without trailing slash, prefixed to every node; never used as a chroot
 */
public record MetadataUri(String scheme, Optional<LedgerLayout> layout, List<String> hosts, String root) {
    private static final String ZOOKEEPER = "zk";

    private static final Map<String, Integer> DEFAULT_PORTS = Map.of(ZOOKEEPER, 2181, "etcd", 2379);

    public MetadataUri {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException with one sentence that quotes the text and says what is wrong */
    public static MetadataUri parse(String text) {
        String trimmed = text.strip();
        int separator = trimmed.indexOf("://");
        if (separator <= 0) {
            throw malformed(text, "it has no scheme");
        }
        String scheme = trimmed.substring(0, separator).toLowerCase(Locale.ROOT);
        String rest = trimmed.substring(separator + 3);
        int slash = rest.indexOf('/');
        if (slash <= 0 || slash == rest.length() - 1) {
            throw malformed(text, slash == 0 ? "it names no host" : "it names no root path such as /ledgers");
        }
        String base = scheme;
        Optional<LedgerLayout> layout = Optional.empty();
        int plus = scheme.indexOf('+');
        if (plus >= 0) {
            base = scheme.substring(0, plus);
            layout = layoutOf(text, base, scheme.substring(plus + 1));
        }
        Integer defaultPort = DEFAULT_PORTS.get(base);
        if (defaultPort == null) {
            throw malformed(text, "the scheme \"" + base + "\" is unknown");
        }
        String root = rest.substring(slash);
        while (root.endsWith("/")) {
            root = root.substring(0, root.length() - 1);
        }
        return new MetadataUri(base, layout, hostsOf(text, rest.substring(0, slash), defaultPort), root);
    }

    private static Optional<LedgerLayout> layoutOf(String text, String base, String type) {
        if (!base.equals(ZOOKEEPER)) {
            throw malformed(text, "only ZooKeeper knows several ledger layouts");
        }
        if (type.equals("null")) {
            return Optional.empty();
        }
        return Optional.of(LedgerLayout.ofUriType(type)
                .orElseThrow(() -> malformed(text, "the ledger layout \"" + type + "\" is unknown")));
    }

    private static List<String> hostsOf(String text, String hosts, int defaultPort) {
        List<String> parsed = java.util.Arrays.stream(hosts.split("[;,]", -1))
                .map(String::strip)
                .map(host -> withPort(text, host, defaultPort))
                .toList();
        if (parsed.stream().anyMatch(host -> host.startsWith(":") || host.contains(" "))) {
            throw malformed(text, "it names an empty host");
        }
        return parsed;
    }

    /** An IPv6 address stands in brackets, so any other colon announces a port. */
    private static String withPort(String text, String host, int defaultPort) {
        String behindBrackets = host.substring(host.lastIndexOf(']') + 1);
        if (!behindBrackets.contains(":")) {
            return host + ":" + defaultPort;
        }
        if (!behindBrackets.matches("[^:]*:\\d{1,5}")) {
            throw malformed(text, "the port of \"" + host + "\" is not a number from 1 to 65535");
        }
        return host;
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" is not a metadata URI, because " + why
                + "; write it like zk+longhierarchical://zk1:2181;zk2:2181/ledgers or etcd://etcd1:2379/ledgers");
    }

    @Override
    public String toString() {
        return scheme + layout.map(l -> "+" + l.uriType()).orElse("") + "://" + String.join(";", hosts) + root;
    }
}
