package dev.daybook.client.loop;

import dev.daybook.client.net.Timer;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets readers see what a writer has confirmed when no entry follows that could tell them. Each entry carries the
 * last-add-confirmed of the moment it was sent, so the last one's own confirmation would be told by the next entry only,
 * and a force by none at all. Source: client protocol specification, section 13. Belongs to the loop.
 *
 * <p>Told is what every entry and every message of its own said. A message that fewer bookies than an ack quorum took is
 * repeated with growing pauses, because a reader may be waiting at any of the others.
 */
final class IdleLac {
    /** After a burst, whose entries were all sent before the first was confirmed and so tell nothing of each other. */
    private static final Duration DELAY_AFTER_BURST = Duration.ofMillis(5);

    private static final Duration DELAY_MAX = Duration.ofSeconds(10);

    /** Doubling beyond this exceeds {@link #DELAY_MAX} whatever the delay is. */
    private static final int DOUBLINGS_MAX = 14;

    private final LedgerLoop loop;
    private final BookieRequests requests;
    private final Duration delay;

    /** Highest value that went to bookies, by an entry or on its own. */
    private long told = EntryId.NONE;

    /** As {@link #told}, of messages that too few bookies took left out. */
    private long arrived = EntryId.NONE;

    private long lac = EntryId.NONE;
    private LedgerMetadata metadata;
    private boolean stopped;
    private int failures;

    private @Nullable Timer timer;
    private boolean timerIsShort;

    /** What the timer looks for: if an entry has told it in the meantime, the writer is not silent. */
    private long awaited;

    IdleLac(LedgerLoop loop, BookieRequests requests, LedgerMetadata metadata) {
        this.loop = loop;
        this.requests = requests;
        this.metadata = metadata;
        this.delay = loop.config().idleLacDelay();
    }

    /** An entry goes out with this value in its header. */
    void onSent(long sentLac) {
        if (sentLac > told) {
            told = sentLac;
            arrived = sentLac;
            failures = 0;
        }
    }

    /**
     * Looks at the writer at the end of a turn.
     *
     * @param idle nothing is on its way that could carry the value
     */
    void onTurn(long confirmed, boolean idle, LedgerMetadata current) {
        lac = confirmed;
        metadata = current;
        if (lac > told && !stopped && !delay.isZero()) {
            schedule(idle && lac > told + 1 && failures == 0);
        }
    }

    /** The handle takes no entries any more; what the metadata says counts from now on. */
    void stop() {
        stopped = true;
        cancel();
    }

    private void schedule(boolean afterBurst) {
        if (timer != null) {
            if (timerIsShort || !afterBurst) {
                return;
            }
            cancel();
        }
        timerIsShort = afterBurst;
        awaited = lac;
        Duration pause = afterBurst && DELAY_AFTER_BURST.compareTo(delay) < 0 ? DELAY_AFTER_BURST : pause();
        timer = loop.net().schedule(this::onDue, pause);
    }

    private Duration pause() {
        Duration pause = delay.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        return failures > 0 && pause.compareTo(DELAY_MAX) > 0 ? DELAY_MAX : pause;
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void onDue() {
        timer = null;
        if (stopped || lac <= told) {
            return;
        }
        if (told >= awaited) {
            schedule(false); // Entries follow each other, and the next will carry it.
            return;
        }
        told = lac;
        tell(new Message(lac));
    }

    private void tell(Message message) {
        List<BookieId> ensemble = metadata.lastFragment().ensemble();
        for (int position : Striping.writeSet(metadata.quorum(), message.lac)) {
            requests.writeLac(ensemble.get(position), message.lac, taken -> onReply(message, taken));
        }
    }

    private void onReply(Message message, boolean taken) {
        message.taken += taken ? 1 : 0;
        message.answered++;
        if (message.taken == metadata.quorum().ack()) {
            arrived = Math.max(arrived, message.lac);
            failures = 0;
        } else if (message.answered == metadata.quorum().write() && message.lac > arrived && !stopped) {
            failures++;
            told = Math.min(told, arrived);
            schedule(false);
        }
    }

    /** One value on its way to its write set. */
    private static final class Message {
        final long lac;
        int taken;
        int answered;

        Message(long lac) {
            this.lac = lac;
        }
    }
}
