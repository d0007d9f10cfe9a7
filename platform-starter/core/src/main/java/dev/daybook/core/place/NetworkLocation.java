package dev.daybook.core.place;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a bookie stands: {@code /rack}, {@code /region/rack} or {@code /zone/upgrade-domain}. Source: client protocol
 * specification, section 20.1.
 *
 * @param parts never empty, none of them empty
 */
public record NetworkLocation(List<String> parts) {
    public NetworkLocation {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a network location names at least a rack");
        }
    }

    /**
     * A missing slash in front is forgiven, as the peer forgives it.
     *
     * @throws IllegalArgumentException if no name is in it
     */
    public static NetworkLocation parse(String path) {
        List<String> parts = Stream.of(path.strip().split("/", -1))
                .filter(part -> !part.isBlank())
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" is not a network location; write it like /rack1 or /region1/rack1");
        }
        return new NetworkLocation(parts);
    }

    /** The region, or the zone. */
    public String top() {
        return parts.get(0);
    }

    public int depth() {
        return parts.size();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", parts);
    }
}
