package dev.daybook.client.loop;

import dev.daybook.protocol.model.EntryId;
import java.util.concurrent.CompletableFuture;

/** An entry that the application waits for. */
record PendingAppend(OutgoingEntry entry, CompletableFuture<EntryId> future, long startNanos) {}
