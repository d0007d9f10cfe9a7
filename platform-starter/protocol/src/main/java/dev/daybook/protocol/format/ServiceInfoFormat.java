package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a bookie publishes with its registration. Source: metadata specification, section 7.3. */
public final class ServiceInfoFormat {
    private ServiceInfoFormat() {}

    public static byte[] serialize(BookieServiceInfo service) {
        ProtoWriter out = new ProtoWriter();
        for (BookieEndpoint endpoint : service.endpoints()) {
            ProtoWriter nested = new ProtoWriter()
                    .string(1, endpoint.id())
                    .number(2, endpoint.port())
                    .string(3, endpoint.host())
                    .string(4, endpoint.protocol());
            endpoint.auth().forEach(auth -> nested.string(5, auth));
            endpoint.extensions().forEach(extension -> nested.string(6, extension));
            out.message(6, nested);
        }
        new TreeMap<>(service.properties())
                .forEach((key, value) ->
                        out.message(7, new ProtoWriter().string(1, key).string(2, value)));
        return out.toBytes();
    }

    /**
     * Reads the data of the bookie's registration. Very old bookies publish nothing; their id is their address.
     *
     * @throws MalformedMetadataException if the bytes are malformed, or empty while the id is not {@code host:port}
     */
    public static BookieServiceInfo parse(BookieId bookie, byte[] data) {
        if (data.length > 0) {
            return parse(data);
        }
        return addressOf(bookie)
                .map(endpoint -> new BookieServiceInfo(List.of(endpoint), Map.of()))
                .orElseThrow(() -> new MalformedMetadataException(
                        "The bookie " + bookie + " publishes no address and its id is not host:port."));
    }

    /** The endpoint that an id of the form {@code host:port} names; empty for any other id. */
    public static Optional<BookieEndpoint> addressOf(BookieId bookie) {
        String id = bookie.value();
        int colon = id.lastIndexOf(':');
        if (colon <= 0 || !id.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(id.substring(colon + 1));
        if (port > 0xFFFF) {
            return Optional.empty();
        }
        return Optional.of(
                new BookieEndpoint(id, id.substring(0, colon), port, BookieEndpoint.BOOKIE_RPC, List.of(), List.of()));
    }

    private static BookieServiceInfo parse(byte[] data) {
        ProtoReader in = new ProtoReader(data);
        List<BookieEndpoint> endpoints = new ArrayList<>();
        Map<String, String> properties = new HashMap<>();
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == ProtoReader.delimitedTag(6)) {
                endpoints.add(endpoint(in.message()));
            } else if (tag == ProtoReader.delimitedTag(7)) {
                property(in.message(), properties);
            } else {
                in.skip(tag);
            }
        }
        return new BookieServiceInfo(endpoints, properties);
    }

    private static BookieEndpoint endpoint(ProtoReader in) {
        String[] required = new String[5];
        int port = -1;
        List<String> auth = new ArrayList<>();
        List<String> extensions = new ArrayList<>();
        while (in.hasMore()) {
            int tag = in.tag();
            int field = tag >>> 3;
            if (tag == ProtoReader.varintTag(2)) {
                port = (int) in.varint();
            } else if (tag != ProtoReader.delimitedTag(field) || field == 2 || field > 6) {
                in.skip(tag);
            } else if (field == 5) {
                auth.add(in.string());
            } else if (field == 6) {
                extensions.add(in.string());
            } else {
                required[field] = in.string();
            }
        }
        if (required[1] == null || required[3] == null || required[4] == null || port < 0) {
            throw new MalformedMetadataException("An endpoint of a bookie lacks its id, port, host or protocol.");
        }
        return new BookieEndpoint(required[1], required[3], port, required[4], auth, extensions);
    }

    private static void property(ProtoReader in, Map<String, String> properties) {
        String key = "";
        String value = "";
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == ProtoReader.delimitedTag(1)) {
                key = in.string();
            } else if (tag == ProtoReader.delimitedTag(2)) {
                value = in.string();
            } else {
                in.skip(tag);
            }
        }
        properties.put(key, value);
    }
}
