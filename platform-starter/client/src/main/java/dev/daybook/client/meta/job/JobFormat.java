package dev.daybook.client.meta.job;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.core.job.Blocker;
import dev.daybook.core.job.Blockers;
import dev.daybook.core.job.Job;
import dev.daybook.core.job.JobKind;
import dev.daybook.core.job.JobOrder;
import dev.daybook.core.job.JobOrder.Evacuation;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobProgress;
import dev.daybook.core.job.JobReport;
import dev.daybook.core.job.JobState;
import dev.daybook.core.job.Move;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A job as bytes: lines of text. Source: FORMAT.md of this module, section 5. */
final class JobFormat {
    private static final String HEADER = "daybook-job 1";
    private static final String ABSENT = "-";

    private JobFormat() {}

    static byte[] serialize(Job job) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        order(text, job.order());
        line(text, "state", word(job.state()));
        line(
                text,
                "times",
                job.times().created(),
                word(job.times().started()),
                word(job.times().ended()));
        line(text, "claim", job.claim().term(), sentence(job.claim().runner()));
        if (job.cancelAsked()) {
            line(text, "cancel");
        }
        JobProgress progress = job.report().progress();
        line(text, "progress", progress.ledgers(), progress.moved(), progress.copies(), progress.bytes());
        line(text, "remark", sentence(job.report().remark()));
        line(text, "blockers", job.report().blockers().count());
        for (Blocker blocker : job.report().blockers().named()) {
            line(text, "blocker", blocker.ledger(), sentence(blocker.why()));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void order(StringBuilder text, JobOrder order) {
        line(text, "kind", word(order.kind()));
        if (order instanceof Evacuation evacuation) {
            line(text, "bookie", evacuation.bookie());
            evacuation.successor().ifPresent(successor -> line(text, "successor", successor));
            if (evacuation.forced()) {
                line(text, "forced");
            }
            if (evacuation.cookieGoes()) {
                line(text, "cookie-goes");
            }
        } else if (order instanceof Rebalance rebalance) {
            rebalance.moves().forEach(move -> line(text, "move", move.ledger(), move.from(), move.to(), move.bytes()));
        }
    }

    private static void line(StringBuilder text, String name, Object... values) {
        text.append(name);
        for (Object value : values) {
            text.append(' ').append(value);
        }
        text.append('\n');
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(OptionalLong millis) {
        return millis.isPresent() ? Long.toString(millis.getAsLong()) : ABSENT;
    }

    /** Whatever it is made of, it is one line. */
    private static String sentence(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** @throws LedgerException with {@code METADATA_CORRUPT} for anything that {@link #serialize} does not write */
    static Job parse(long id, byte[] bytes) {
        try {
            return parse(id, new String(bytes, StandardCharsets.UTF_8).lines().iterator());
        } catch (RuntimeException e) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT,
                    "The record of job " + id + " is unreadable (" + e.getMessage()
                            + "); it was written by a newer version, or damaged by hand.",
                    e);
        }
    }

    private static Job parse(long id, Iterator<String> lines) {
        if (!lines.hasNext() || !lines.next().equals(HEADER)) {
            throw new IllegalArgumentException("its first line is not \"" + HEADER + "\"");
        }
        Parsed parsed = new Parsed();
        while (lines.hasNext()) {
            String line = lines.next();
            int blank = line.indexOf(' ');
            parsed.take(blank < 0 ? line : line.substring(0, blank), blank < 0 ? "" : line.substring(blank + 1));
        }
        return parsed.job(id);
    }

    /** Gathers what the lines say. */
    private static final class Parsed {
        private JobKind kind = JobKind.DRAIN;
        private Optional<BookieId> bookie = Optional.empty();
        private Optional<BookieId> successor = Optional.empty();
        private boolean forced;
        private boolean cookieGoes;
        private final List<Move> moves = new ArrayList<>();
        private JobState state = JobState.PLANNED;
        private Job.Times times = new Job.Times(0, OptionalLong.empty(), OptionalLong.empty());
        private Job.Claim claim = new Job.Claim("", -1);
        private boolean cancelAsked;
        private JobProgress progress = JobProgress.NOTHING;
        private String remark = "";
        private long blocked;
        private final List<Blocker> named = new ArrayList<>();

        void take(String name, String rest) {
            String[] words = rest.split(" ", -1);
            switch (name) {
                case "kind" -> kind = JobKind.valueOf(rest.toUpperCase(Locale.ROOT));
                case "bookie" -> bookie = Optional.of(new BookieId(rest));
                case "successor" -> successor = Optional.of(new BookieId(rest));
                case "forced" -> forced = true;
                case "cookie-goes" -> cookieGoes = true;
                case "move" ->
                    moves.add(new Move(
                            LedgerId.parse(words[0]),
                            new BookieId(words[1]),
                            new BookieId(words[2]),
                            Long.parseLong(words[3])));
                case "state" -> state = JobState.valueOf(rest.toUpperCase(Locale.ROOT));
                case "times" -> times = new Job.Times(Long.parseLong(words[0]), millis(words[1]), millis(words[2]));
                case "claim" ->
                    claim = new Job.Claim(rest.substring(words[0].length()).strip(), Long.parseLong(words[0]));
                case "cancel" -> cancelAsked = true;
                case "progress" ->
                    progress = new JobProgress(
                            Long.parseLong(words[0]),
                            Long.parseLong(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]));
                case "remark" -> remark = rest;
                case "blockers" -> blocked = Long.parseLong(rest);
                case "blocker" ->
                    named.add(new Blocker(
                            LedgerId.parse(words[0]),
                            rest.substring(words[0].length()).strip()));
                default -> throw new IllegalArgumentException("a line begins with \"" + name + "\"");
            }
        }

        private static OptionalLong millis(String word) {
            return word.equals(ABSENT) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
        }

        Job job(long id) {
            JobOrder order = kind == JobKind.REBALANCE
                    ? new Rebalance(moves)
                    : new Evacuation(kind, bookie.orElseThrow(), successor, forced, cookieGoes);
            JobReport report = new JobReport(progress, new Blockers(named, blocked), remark);
            return new Job(id, order, state, report, times, claim, cancelAsked);
        }
    }
}
