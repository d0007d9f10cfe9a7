package dev.daybook.client.loop;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Answer.Reason;
import dev.daybook.core.read.BatchAnswer;
import dev.daybook.core.read.SendBatchRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.repair.CopyRoute;
import dev.daybook.core.repair.CopyRoute.Purpose;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.BookieId;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The questions of one repair or check, asked a run at a time: when all repairs together have room for another one, and no
 * faster than they may read. Consecutive entries of one bookie are asked for by one request where it knows such. Belongs
 * to the loop.
 */
final class CopyRuns {
    private static final int RUN_ENTRIES = 64;

    /** Of a run as far as it can be foreseen, and of one answer. */
    private static final int RUN_BYTES = 256 * 1024;

    /** Asked for by requests of their own while nothing is known of the size of entries. */
    private static final int BLIND_ENTRIES = 8;

    private final LedgerLoop loop;
    private final BookieRequests requests;
    private final RepairPace pace;
    private final CopyGate gate;
    private final Deque<Question> wanted = new ArrayDeque<>();

    /** Runs of the entries that are being copied. */
    private final Map<Long, CopyRun> copying = new HashMap<>();

    private int largestBytes;
    private boolean asking;
    private boolean stopped;

    CopyRuns(LedgerLoop loop, BookieRequests requests, RepairPace pace, CopyGate gate) {
        this.loop = loop;
        this.requests = requests;
        this.pace = pace;
        this.gate = gate;
    }

    private record Question(
            BookieId bookie, long entryId, boolean copied, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {}

    /**
     * After the next {@link #go}. Whoever hears the answer owns the payload of a positive one, and calls {@link #letGo}
     * when nothing more is done with the entry.
     */
    void read(BookieId bookie, long entryId, Consumer<Answer<VerifiedEntry<ByteBuf>>> reply) {
        wanted.add(new Question(bookie, entryId, true, reply));
    }

    /** Only whether the bookie has the entry; its payload is released. */
    void probe(BookieId bookie, long entryId, Consumer<Answer<?>> reply) {
        wanted.add(new Question(bookie, entryId, false, answer -> {
            if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
                positive.value().payload().release();
            }
            reply.accept(answer);
        }));
    }

    void sending(SendAdd<?> add) {
        CopyRun run = copying.get(add.entryId());
        if (run != null) {
            run.sending(add.bookie());
        }
    }

    void answered(SendAdd<?> add, AddReply reply) {
        CopyRun run = copying.get(add.entryId());
        if (run != null) {
            run.answered(add.bookie(), reply == AddReply.STORED);
        }
    }

    void letGo(long entryId) {
        CopyRun run = copying.remove(entryId);
        if (run != null) {
            run.leave();
        }
    }

    /** What was not asked yet is not asked any more. What is still being copied keeps nobody else's copies waiting. */
    void stop() {
        stopped = true;
        wanted.clear();
        List<CopyRun> unfinished = List.copyOf(copying.values());
        copying.clear();
        unfinished.forEach(CopyRun::leave);
    }

    /** Call when everything that is wanted at once has been said. */
    void go() {
        if (asking || wanted.isEmpty()) {
            return;
        }
        asking = true;
        long pause = pace.pauseNanos(loop.net().nanoTime());
        if (pause == 0) {
            gate.ask(loop, this::begin);
        } else {
            loop.net().schedule(this::goOn, Duration.ofNanos(pause));
        }
    }

    private void goOn() {
        asking = false;
        go();
    }

    private void begin() {
        List<Question> questions = new ArrayList<>();
        int most = largestBytes == 0 ? RUN_ENTRIES : Math.max(1, Math.min(RUN_ENTRIES, RUN_BYTES / largestBytes));
        while (questions.size() < most && !wanted.isEmpty()) {
            questions.add(wanted.remove());
        }
        if (questions.isEmpty()) {
            asking = false;
            gate.end(loop);
            return;
        }
        CopyRun run = new CopyRun(loop, gate, questions.size());
        for (List<Question> request : requestsOf(questions)) {
            ask(request, run);
        }
        goOn();
    }

    /** Questions that follow each other and can be asked by one request lie together. */
    private static List<List<Question>> requestsOf(List<Question> questions) {
        List<List<Question>> requests = new ArrayList<>();
        Question former = null;
        for (Question question : questions) {
            boolean follows = former != null
                    && question.entryId() == former.entryId() + 1
                    && question.bookie().equals(former.bookie());
            if (!follows) {
                requests.add(new ArrayList<>());
            }
            requests.get(requests.size() - 1).add(question);
            former = question;
        }
        return requests;
    }

    private void ask(List<Question> questions, CopyRun run) {
        if (questions.size() > 1 && mayBatch(questions.get(0).bookie())) {
            askAtOnce(questions, run);
        } else {
            askSingly(questions, run);
        }
    }

    private boolean mayBatch(BookieId bookie) {
        return loop.config().reads().batch()
                && !loop.batchless().contains(bookie, loop.net().nanoTime());
    }

    private void askSingly(List<Question> questions, CopyRun run) {
        int atOnce = largestBytes == 0 ? Math.min(BLIND_ENTRIES, questions.size()) : questions.size();
        putBack(questions.subList(atOnce, questions.size()), run);
        for (Question question : questions.subList(0, atOnce)) {
            long sentNanos = loop.net().nanoTime();
            requests.read(question.bookie(), question.entryId(), answer -> {
                time(question.bookie(), sentNanos, answer);
                reply(question, run, answer);
                go();
            });
        }
    }

    private void askAtOnce(List<Question> questions, CopyRun run) {
        Question first = questions.get(0);
        long sentNanos = loop.net().nanoTime();
        requests.batchRead(
                new SendBatchRead(0, first.bookie(), first.entryId(), questions.size(), RUN_BYTES), answer -> {
                    time(first.bookie(), sentNanos, answer);
                    onBatch(questions, run, answer);
                    go();
                });
    }

    private void onBatch(List<Question> questions, CopyRun run, Answer<BatchAnswer<ByteBuf>> answer) {
        if (answer instanceof Answer.Positive<BatchAnswer<ByteBuf>> positive) {
            onEntries(questions, run, positive.value().entries());
        } else if (answer instanceof Answer.Unknown<BatchAnswer<ByteBuf>> unknown) {
            if (isOfBookie(unknown.reason())) {
                questions.forEach(question -> reply(question, run, Answer.unknown(unknown.reason())));
            } else {
                askSingly(questions, run);
            }
        } else {
            reply(questions.get(0), run, Answer.negative());
            askSingly(questions.subList(1, questions.size()), run);
        }
    }

    private void onEntries(List<Question> questions, CopyRun run, List<VerifiedEntry<ByteBuf>> entries) {
        int answered = Math.min(questions.size(), entries.size());
        if (answered == 0) {
            askSingly(questions, run); // An answer that is none would be given for ever.
            return;
        }
        putBack(questions.subList(answered, questions.size()), run);
        for (int i = 0; i < answered; i++) {
            reply(questions.get(i), run, Answer.positive(entries.get(i)));
        }
        entries.subList(answered, entries.size())
                .forEach(surplus -> surplus.payload().release());
    }

    /** Whether it would say the same of each entry; else it may be about the first one, or about batches. */
    private static boolean isOfBookie(Reason reason) {
        return switch (reason) {
            case TIMEOUT, TOO_MANY_REQUESTS, UNAUTHORIZED, CLIENT_CLOSED -> true;
            case UNAVAILABLE, DIGEST_MISMATCH, LEDGER_STATE_UNKNOWN, FAILED -> false;
        };
    }

    private void time(BookieId bookie, long sentNanos, Answer<?> answer) {
        long now = loop.net().nanoTime();
        if (!(answer instanceof Answer.Unknown<?> unknown)) {
            gate.answered(new CopyRoute(bookie, Purpose.READ), now - sentNanos, now);
        } else if (unknown.reason() == Reason.TIMEOUT || unknown.reason() == Reason.TOO_MANY_REQUESTS) {
            gate.pushedBack(now);
        }
    }

    /** In front of what is wanted, for another run. */
    private void putBack(List<Question> questions, CopyRun run) {
        for (int i = questions.size() - 1; i >= 0; i--) {
            if (!stopped) {
                wanted.addFirst(questions.get(i));
            }
            run.leave();
        }
    }

    private void reply(Question question, CopyRun run, Answer<VerifiedEntry<ByteBuf>> answer) {
        boolean kept = false;
        if (answer instanceof Answer.Positive<VerifiedEntry<ByteBuf>> positive) {
            int bytes = positive.value().payloadBytes();
            largestBytes = Math.max(largestBytes, Math.max(1, bytes));
            pace.onRead(bytes, loop.net().nanoTime());
            kept = question.copied() && copying.putIfAbsent(question.entryId(), run) == null;
        }
        question.reply().accept(answer);
        if (!kept) {
            run.leave();
        }
    }
}
