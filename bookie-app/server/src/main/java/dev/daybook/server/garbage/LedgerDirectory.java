package dev.daybook.server.garbage;

import dev.daybook.storage.disk.Disk;
import dev.daybook.storage.store.LedgerStore;

/** A ledger directory and the disk below it. */
public record LedgerDirectory(LedgerStore store, Disk disk) {}
