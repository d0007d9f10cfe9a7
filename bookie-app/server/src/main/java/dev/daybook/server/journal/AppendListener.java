package dev.daybook.server.journal;

import dev.daybook.engine.request.Append;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.List;

/** Learns what became of appends, in their order. Called from the journal's thread; must not block. */
public interface AppendListener {
    /** The operating system has the records. Told only of appends that want it. */
    void written(List<Append<EntryBytes>> appends);

    void synced(List<Append<EntryBytes>> appends);

    /** The records may be lost or not. */
    void failed(List<Append<EntryBytes>> appends);
}
