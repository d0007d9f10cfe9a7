package dev.daybook.server.shard;

import dev.daybook.engine.request.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Throws the dice for what happens to a bookie next, and does it. */
final class CrashScript {
    private static final int LEDGERS = 5;
    private static final int ENTRIES = 12;

    private final Promises promises;
    private final Random random;
    private final boolean disksFail;

    CrashScript(Promises promises, Random random) {
        this(promises, random, false);
    }

    /** @param disksFail then a read may say that it does not know, which is nobody's promise */
    CrashScript(Promises promises, Random random, boolean disksFail) {
        this.promises = promises;
        this.random = random;
        this.disksFail = disksFail;
    }

    private Ticket readTicket(Told told) {
        return StepBookie.ticket((verdict, payload) -> {
            if (!disksFail || verdict != Verdict.IO_ERROR) {
                told.told(verdict, payload);
            }
        });
    }

    void play(StepBookie bookie, int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            step(bookie);
            if (random.nextInt(3) == 0) {
                bookie.commit();
            }
        }
        bookie.commit();
    }

    private void step(StepBookie bookie) throws IOException {
        LedgerPromise ledger = promises.ledger(random.nextInt(LEDGERS));
        long entryId = random.nextInt(ENTRIES);
        int kind = random.nextInt(100);
        if (kind < 72) {
            write(bookie, ledger, entryId, kind);
        } else if (kind < 76) {
            bookie.read(ledger.id, entryId, false, readTicket(ledger.read(entryId)));
        } else if (kind < 81) {
            if (ledger.mayBeDeleted()) {
                bookie.delete(ledger.id, StepBookie.ticket(ledger.delete()));
            }
        } else if (kind < 84) {
            if (ledger.mayBeInLimbo()) {
                boolean in = !ledger.isInLimbo();
                bookie.limbo(ledger.id, in, StepBookie.ticket(ledger.limbo(in)));
            }
        } else if (kind < 93) {
            bookie.flush();
        } else if (kind < 94) {
            bookie.reclaim();
        } else if (kind < 95) {
            promises.tombstonesAge();
            bookie.flushMuchLater();
        } else if (kind < 99) {
            compact(bookie);
        } else {
            bookie.rebuild(random.nextInt(2));
        }
    }

    private void write(StepBookie bookie, LedgerPromise ledger, long entryId, int kind) {
        byte[] body = StepBookie.body(ledger.id, entryId, bodyBytes(), random.nextInt(100));
        if (kind < 40) {
            bookie.add(ledger.id, entryId, body, false, false, StepBookie.ticket(ledger.add(entryId, body, false)));
        } else if (kind < 48) {
            addDeferred(bookie, ledger, entryId, body);
        } else if (kind < 57) {
            bookie.add(ledger.id, entryId, body, true, false, StepBookie.ticket(ledger.recoveryAdd(entryId, body)));
        } else if (kind < 63) {
            bookie.read(ledger.id, entryId, true, readTicket(ledger.fence(entryId)));
        } else if (kind < 68) {
            byte[] lac = StepBookie.body(ledger.id, entryId, 4, random.nextInt(100));
            bookie.writeLac(ledger.id, entryId, lac, StepBookie.ticket(ledger.writeLac(lac)));
        } else {
            bookie.force(ledger.id, StepBookie.ticket(ledger.force()));
        }
    }

    /** Sometimes a force follows as soon as the add is answered, which is before the sync. */
    private void addDeferred(StepBookie bookie, LedgerPromise ledger, long entryId, byte[] body) {
        boolean forces = random.nextBoolean();
        Told told = ledger.add(entryId, body, true);
        bookie.add(ledger.id, entryId, body, false, true, StepBookie.ticket((verdict, payload) -> {
            told.told(verdict, payload);
            if (forces && verdict == Verdict.OK) {
                bookie.force(ledger.id, StepBookie.ticket(ledger.force()));
            }
        }));
    }

    private void compact(StepBookie bookie) throws IOException {
        try {
            bookie.compact(1 + random.nextInt(3), 1 + random.nextInt(6), bytes -> changeMeanwhile(bookie));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Entries are stored anew and ledgers deleted while a compaction copies them. */
    private boolean changeMeanwhile(StepBookie bookie) {
        if (random.nextInt(6) == 0) {
            LedgerPromise ledger = promises.ledger(random.nextInt(LEDGERS));
            if (random.nextInt(3) == 0 && ledger.mayBeDeleted()) {
                bookie.delete(ledger.id, StepBookie.ticket(ledger.delete()));
            } else {
                write(bookie, ledger, random.nextInt(ENTRIES), 48 + random.nextInt(9));
            }
            try {
                bookie.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return random.nextInt(30) != 0;
    }

    /** Mostly small, so that a page holds several; sometimes of several pages. */
    private int bodyBytes() {
        return random.nextInt(12) == 0 ? 3000 + random.nextInt(5000) : random.nextInt(300);
    }
}
