package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Body of format 1: lines of text. Source: metadata specification, section 11.5. */
final class LedgerLines {
    private static final String CLOSED = "CLOSED";
    private static final long IN_RECOVERY = -102;

    private LedgerLines() {}

    static byte[] serialize(LedgerMetadata metadata) {
        StringBuilder out = new StringBuilder()
                .append(metadata.quorum().write())
                .append('\n')
                .append(metadata.quorum().ensemble())
                .append('\n')
                .append(metadata.end().map(End::length).orElse(0L))
                .append('\n');
        for (Fragment fragment : metadata.fragments()) {
            out.append(fragment.firstEntryId());
            for (BookieId member : fragment.ensemble()) {
                out.append('\t').append(member.value());
            }
            out.append('\n');
        }
        if (metadata.state() != LedgerState.OPEN) {
            out.append(metadata.end().map(End::lastEntryId).orElse(IN_RECOVERY))
                    .append('\t')
                    .append(CLOSED);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static LedgerMetadata parse(byte[] record, int from) {
        Iterator<String> lines = new String(record, from, record.length - from, StandardCharsets.UTF_8)
                .lines()
                .iterator();
        int write = (int) number(next(lines));
        int ensemble = (int) number(next(lines));
        long length = number(next(lines));
        LedgerState state = LedgerState.OPEN;
        Optional<End> end = Optional.empty();
        List<Fragment> fragments = new ArrayList<>();
        while (lines.hasNext() && state == LedgerState.OPEN) {
            String[] parts = lines.next().split("\t", -1);
            long first = number(parts[0]);
            if (parts.length < 2 || !parts[1].equals(CLOSED)) {
                fragments.add(LedgerFields.fragment(
                        OptionalLong.of(first), List.of(parts).subList(1, parts.length)));
            } else if (first == IN_RECOVERY) {
                state = LedgerState.IN_RECOVERY;
            } else {
                state = LedgerState.CLOSED;
                end = Optional.of(new End(first, length));
            }
        }
        try {
            return new LedgerMetadata(
                    1,
                    new Quorum(ensemble, write, write),
                    state,
                    fragments,
                    Optional.empty(),
                    end,
                    OptionalLong.empty(),
                    Map.of(),
                    0L);
        } catch (IllegalArgumentException e) {
            throw LedgerFields.invalid(e);
        }
    }

    private static String next(Iterator<String> lines) {
        if (!lines.hasNext()) {
            throw new MalformedMetadataException("The ledger record of format 1 ends too early.");
        }
        return lines.next();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedMetadataException(
                    "The ledger record of format 1 has \"" + text + "\" where a number must be.", e);
        }
    }
}
