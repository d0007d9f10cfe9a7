package dev.daybook.verification.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that clients did, written down as it happens. Several processes may write their own histories and merge
 * them by index afterwards. Not thread-safe.
 */
public final class History {
    private final List<Operation> operations = new ArrayList<>();
    private long now;
    private long finalPhase = Long.MAX_VALUE;

    /** Writes down that somebody asks for something. Returns the number by which {@link #end} knows it again. */
    public int invoke(String process, String handle, Call call, long ledgerId) {
        return invoke(process, handle, call, ledgerId, -1, "", 0);
    }

    public int invoke(String process, String handle, Call call, long ledgerId, long entryId, String value, long bytes) {
        operations.add(new Operation(now++, process, handle, call, ledgerId, entryId, value, bytes, Optional.empty()));
        return operations.size() - 1;
    }

    /** Without a value or a last entry. */
    public void end(int operation, Kind kind, String detail) {
        end(operation, kind, "", -1, -1, detail);
    }

    public void end(int operation, Kind kind, String value, long last, long length, String detail) {
        Operation open = operations.get(operation);
        if (open.ending().isPresent()) {
            throw new IllegalStateException("an operation ends once: " + open.toJson());
        }
        operations.set(operation, open.ended(new Operation.Ending(now++, kind, value, last, length, detail)));
    }

    /** The process has died: nobody will ever know how its open operations ended. */
    public void abandon(String process) {
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation.process().equals(process) && operation.ending().isEmpty()) {
                end(i, Kind.INFO, "the process died");
            }
        }
    }

    /** From here on no faults happen: what was acknowledged must be readable. */
    public void beginFinalPhase() {
        finalPhase = Math.min(finalPhase, now);
    }

    /** Whether the operation was asked for after {@link #beginFinalPhase}. */
    public boolean isFinal(Operation operation) {
        return operation.invokedAt() >= finalPhase;
    }

    /** In the order in which they were asked for. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }
}
