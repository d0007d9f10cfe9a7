package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.request.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One entry as its users know it. */
final class EntryPromise {
    /** @param recovery it may pass a fence */
    private record Body(byte[] bytes, boolean recovery) {}

    private final String name;

    /** What may be found: the last body that was promised, if one was, and what was sent later. */
    private List<Body> possible = new ArrayList<>();

    /** Acknowledged by deferred sync: to be kept while the machine has power, and from the next answered force on. */
    private Optional<byte[]> buffered = Optional.empty();

    private boolean kept;

    EntryPromise(String name) {
        this.name = name;
    }

    EntryPromise copy() {
        EntryPromise copy = new EntryPromise(name);
        copy.possible = new ArrayList<>(possible);
        copy.buffered = buffered;
        copy.kept = kept;
        return copy;
    }

    void sent(byte[] bytes, boolean recovery) {
        possible.add(new Body(bytes, recovery));
    }

    void refused(byte[] bytes) {
        possible.removeIf(body -> body.bytes() == bytes);
    }

    boolean isKept() {
        return kept;
    }

    Optional<byte[]> buffered() {
        return buffered;
    }

    void buffered(byte[] bytes) {
        buffered = Optional.of(bytes);
    }

    /** The sync that was waited for covers a buffered add, unless another add of the entry was answered since. */
    void forced(byte[] bytes) {
        if (buffered.isPresent() && buffered.get() == bytes) {
            kept(bytes);
        }
    }

    /**
     * From now on these bytes are found, or those of a later add. A buffered add becomes visible before an earlier one
     * of the same group that waits for the sync, so which of the two is found last is open.
     */
    void kept(byte[] bytes) {
        buffered = Optional.empty();
        for (int i = 0; i < possible.size(); i++) {
            if (possible.get(i).bytes() == bytes) {
                possible = new ArrayList<>(possible.subList(i, possible.size()));
                kept = true;
                return;
            }
        }
    }

    /** Normal adds that were sent before a durable fence and are not here then never come. */
    void deniedByFence() {
        assertThat(kept).as(name + " was acknowledged and is denied").isFalse();
        possible.removeIf(body -> !body.recovery());
    }

    /** What it says while it runs. */
    void readWhileRunning(Verdict verdict, Optional<byte[]> bytes, boolean negativeAllowed) {
        if (verdict == Verdict.OK) {
            found(bytes);
        } else {
            assertThat(verdict.isExplicitNegative() || verdict == Verdict.UNKNOWN_LEDGER_STATE)
                    .as(name + ": " + verdict)
                    .isTrue();
            assertThat(verdict.isExplicitNegative() && !negativeAllowed)
                    .as(name + " is denied with " + verdict + " although nothing is certain")
                    .isFalse();
            assertThat(kept)
                    .as(name + " was acknowledged and is denied with " + verdict)
                    .isFalse();
        }
    }

    private Body found(Optional<byte[]> bytes) {
        byte[] got = bytes.orElseThrow();
        for (Body body : possible) {
            if (Arrays.equals(body.bytes(), got)) {
                return body;
            }
        }
        throw new AssertionError(
                name + " has bytes that cannot be: " + Arrays.toString(got) + ", possible are " + possible.size());
    }

    void powerWasCut() {
        buffered = Optional.empty();
    }

    /** After a restart what is found stays, and what is denied never comes back by itself. */
    void settle(Verdict verdict, Optional<byte[]> bytes, boolean negativeAllowed) {
        // Only the process ended: the operating system has kept what it was given.
        buffered.ifPresent(this::kept);
        readWhileRunning(verdict, bytes, negativeAllowed);
        if (verdict == Verdict.OK) {
            Body body = found(bytes);
            possible = new ArrayList<>(List.of(body));
            kept = true;
        } else {
            possible.clear();
        }
    }

    /** Rot may have hit it: unknown is right too, wrong bytes and false negatives are not. */
    void checkDamaged(Verdict verdict, Optional<byte[]> bytes, boolean mayBeMissing) {
        if (verdict == Verdict.OK) {
            found(bytes);
        } else if (verdict.isExplicitNegative()) {
            assertThat(kept && !mayBeMissing)
                    .as(name + " was acknowledged and is denied with " + verdict)
                    .isFalse();
        }
    }
}
