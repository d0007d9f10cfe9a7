package dev.daybook.client.loop;

import dev.daybook.protocol.model.LedgerMetadata;

/** A writer as it was at the end of its loop's last turn. */
record WriterView(long lastAddConfirmed, long length, LedgerMetadata metadata) {}
