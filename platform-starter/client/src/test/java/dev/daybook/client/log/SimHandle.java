package dev.daybook.client.log;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The writing end of a simulated ledger. When it breaks, some of what follows is still stored, but not acknowledged. */
final class SimHandle implements AppendLedger {
    final Object replies = new Object();

    private final SimWorld world;
    private final SimProcess process;
    private final SimLedger ledger;
    private int storedAfterBreak = -1;

    SimHandle(SimWorld world, SimProcess process, SimLedger ledger) {
        this.world = world;
        this.process = process;
        this.ledger = ledger;
    }

    @Override
    public LedgerId id() {
        return ledger.id;
    }

    @Override
    public CompletionStage<EntryId> append(byte[] payload) {
        return process.call(this, () -> add(payload));
    }

    private EntryId add(byte[] payload) {
        if (ledger.isClosed() || !world.ledgers.containsValue(ledger)) {
            throw new LedgerException(Reason.LEDGER_FENCED, "ledger " + ledger.id + " is fenced");
        }
        if (storedAfterBreak < 0 && world.chance(world.brokenPercent)) {
            storedAfterBreak = world.dice.nextInt(3);
        }
        if (storedAfterBreak < 0) {
            ledger.entries.add(payload);
            ledger.confirmed = ledger.entries.size();
            ledger.changed();
            return new EntryId(ledger.confirmed - 1L);
        }
        if (storedAfterBreak-- > 0) {
            ledger.entries.add(payload);
        } else {
            storedAfterBreak = 0;
        }
        throw new LedgerException(Reason.WRITE_FAILED, "ledger " + ledger.id + " broke");
    }

    @Override
    public CompletionStage<EntryId> append(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastAddConfirmed() {
        return ledger.confirmed - 1L;
    }

    @Override
    public long length() {
        return ledger.bytes(ledger.entries.size());
    }

    @Override
    public LedgerMetadata metadata() {
        return ledger.metadata();
    }

    @Override
    public CompletionStage<Long> force() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<LedgerMetadata> closeLedger() {
        return process.call(this, () -> {
            if (ledger.isClosed() || storedAfterBreak >= 0) {
                throw new LedgerException(Reason.LEDGER_FENCED, "ledger " + ledger.id + " cannot be closed");
            }
            ledger.close();
            return ledger.metadata();
        });
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
