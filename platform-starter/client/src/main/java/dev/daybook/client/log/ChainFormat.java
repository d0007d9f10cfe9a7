package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogSegment;
import dev.daybook.core.log.LogSegment.Phase;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A log's record as bytes: lines of text. Source: FORMAT.md of this module, section 2. */
final class ChainFormat {
    private static final String HEADER = "daybook-log 1";

    private ChainFormat() {}

    static byte[] serialize(LogChain chain) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("epoch ")
                .append(chain.epoch())
                .append(' ')
                .append(chain.owner())
                .append('\n');
        text.append("start ")
                .append(chain.start().segment())
                .append(' ')
                .append(chain.start().entry())
                .append('\n');
        text.append("next ").append(chain.nextNumber()).append('\n');
        if (chain.deleted()) {
            text.append("deleted\n");
        }
        for (LedgerId ledger : chain.doomed()) {
            text.append("doomed ").append(ledger).append('\n');
        }
        for (LogSegment segment : chain.segments()) {
            text.append(letter(segment.phase()))
                    .append(' ')
                    .append(segment.number())
                    .append(' ')
                    .append(segment.ledger())
                    .append(' ')
                    .append(segment.epoch())
                    .append(' ')
                    .append(segment.openedMillis());
            if (segment.isSealed()) {
                text.append(' ').append(segment.lastEntry()).append(' ').append(segment.bytes());
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static char letter(Phase phase) {
        return switch (phase) {
            case RESERVED -> 'r';
            case ACTIVE -> 'a';
            case SEALED -> 's';
        };
    }

    /** @throws LedgerException with {@code METADATA_CORRUPT} for anything that {@link #serialize} does not write */
    static LogChain parse(String log, byte[] bytes) {
        try {
            return parse(new String(bytes, StandardCharsets.UTF_8).lines().iterator());
        } catch (RuntimeException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT,
                    "The record of log " + log + " is unreadable (" + e.getMessage()
                            + "); it was written by a newer version, or damaged by hand.",
                    e);
        }
    }

    private static LogChain parse(Iterator<String> lines) {
        if (!lines.hasNext() || !lines.next().equals(HEADER)) {
            throw new IllegalArgumentException("its first line is not \"" + HEADER + "\"");
        }
        Parsed parsed = new Parsed();
        while (lines.hasNext()) {
            parsed.take(lines.next().split(" ", -1));
        }
        return parsed.chain();
    }

    /** Gathers what the lines say. */
    private static final class Parsed {
        private long epoch = -1;
        private String owner = "";
        private LogChain.Start start = new LogChain.Start(0, 0);
        private long nextNumber;
        private boolean deleted;
        private final List<LedgerId> doomed = new ArrayList<>();
        private final List<LogSegment> segments = new ArrayList<>();

        void take(String[] words) {
            switch (words[0]) {
                case "epoch" -> {
                    epoch = Long.parseLong(words[1]);
                    owner = words[2];
                }
                case "start" -> start = new LogChain.Start(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "next" -> nextNumber = Long.parseLong(words[1]);
                case "deleted" -> deleted = true;
                case "doomed" -> doomed.add(LedgerId.parse(words[1]));
                case "r" -> segments.add(segment(words, Phase.RESERVED));
                case "a" -> segments.add(segment(words, Phase.ACTIVE));
                case "s" -> segments.add(segment(words, Phase.SEALED));
                default -> throw new IllegalArgumentException("a line begins with \"" + words[0] + "\"");
            }
        }

        private static LogSegment segment(String[] words, Phase phase) {
            boolean sealed = phase == Phase.SEALED;
            return new LogSegment(
                    Long.parseLong(words[1]),
                    LedgerId.parse(words[2]),
                    Long.parseLong(words[3]),
                    phase,
                    Long.parseLong(words[4]),
                    sealed ? Long.parseLong(words[5]) : -1,
                    sealed ? Long.parseLong(words[6]) : 0);
        }

        LogChain chain() {
            if (epoch < 0) {
                throw new IllegalArgumentException("it has no epoch");
            }
            return new LogChain(epoch, owner, start, nextNumber, segments, doomed, deleted);
        }
    }
}
