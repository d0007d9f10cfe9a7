package dev.daybook.console.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Which marked ledgers are shown, and how their page is addressed.
 *
 * @param copies code of a {@link Rung}; empty for all
 * @param missing only what this bookie lost; empty for all
 * @param page from 1 on
 */
public record MarkedFilter(String copies, String missing, int page) {
    public MarkedFilter withCopies(String code) {
        return new MarkedFilter(code, missing, 1);
    }

    public MarkedFilter withMissing(String bookie) {
        return new MarkedFilter(copies, bookie, 1);
    }

    public MarkedFilter withPage(int number) {
        return new MarkedFilter(copies, missing, number);
    }

    public String href() {
        StringBuilder href = new StringBuilder("/replication");
        add(href, "copies", copies);
        add(href, "missing", missing);
        add(href, "page", page == 1 ? "" : Integer.toString(page));
        return href.toString();
    }

    private static void add(StringBuilder href, String name, String value) {
        if (!value.isEmpty()) {
            href.append(href.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
