package dev.daybook.protocol.format;

import dev.daybook.protocol.model.LedgerLayout;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** The LAYOUT record, which fixes how ledger records are spread. Source: metadata specification, section 4. */
public final class LayoutFormat {
    private static final String MANAGER_VERSION = "1";

    private LayoutFormat() {}

    public static byte[] serialize(LedgerLayout layout) {
        return ("2\n" + layout.factoryName() + ":" + MANAGER_VERSION).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws MalformedMetadataException with one sentence if the layout is unknown or the bytes are no layout */
    public static LedgerLayout parse(byte[] bytes) {
        Iterator<String> lines =
                new String(bytes, StandardCharsets.UTF_8).lines().iterator();
        String version = lines.hasNext() ? lines.next() : "";
        if (!version.equals("1") && !version.equals("2")) {
            throw malformed("its format \"" + version + "\" is unknown");
        }
        String[] manager = (lines.hasNext() ? lines.next() : "").split(":", -1);
        if (manager.length != 2) {
            throw malformed("its second line is not name:version");
        }
        if (!manager[1].equals(MANAGER_VERSION)) {
            throw malformed("the version \"" + manager[1] + "\" of its ledger manager is unknown");
        }
        for (LedgerLayout layout : LedgerLayout.values()) {
            if (version.equals("2") ? manager[0].equals(layout.factoryName()) : isOldName(manager[0], layout)) {
                return layout;
            }
        }
        throw malformed("its ledger manager \"" + manager[0] + "\" is unknown");
    }

    /** Very old clusters give a short name, and only these two existed then. */
    private static boolean isOldName(String name, LedgerLayout layout) {
        return (layout == LedgerLayout.FLAT || layout == LedgerLayout.HIERARCHICAL) && name.equals(layout.uriType());
    }

    private static MalformedMetadataException malformed(String why) {
        return new MalformedMetadataException("The node LAYOUT of the cluster cannot be used, because " + why + ".");
    }
}
