package dev.daybook.protocol.model;

import java.util.List;
import java.util.Map;

/** What a bookie publishes with its registration. Source: metadata specification, section 7.3. */
public record BookieServiceInfo(List<BookieEndpoint> endpoints, Map<String, String> properties) {
    public BookieServiceInfo {
        endpoints = List.copyOf(endpoints);
        properties = Map.copyOf(properties);
    }
}
