package dev.daybook.storage.entrylog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Is shown everything in an entry log, in the order in which it lies there. */
public interface LogVisitor {
    /** @param body the packaged entry, undamaged; valid during the call only, its position and limit may be moved */
    void entry(RecordHead head, ByteBuffer body) throws IOException;

    /** An entry whose ids are certain and whose body is damaged. */
    void damagedEntry(RecordHead head) throws IOException;

    /**
     * Bytes that hold no valid record. Any entries of the log may have lain there.
     *
     * @param fromOffset first of the bytes
     * @param toOffset the byte behind them: of the next valid record, or of the end
     */
    void damagedRange(long fromOffset, long toOffset) throws IOException;
}
