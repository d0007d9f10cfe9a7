package dev.daybook.storage.entrylog;

import dev.daybook.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One pass over an entry log. Behind damage, the next place with a valid head is where the records go on. */
final class LogScan {
    private final int logId;
    private final long validBytes;
    private final LogWindow window;
    private long offset = EntryLogFormat.HEADER_BYTES;
    private long damagedFrom = -1;

    /** Where the last valid head was found. */
    private long lastRecord = -1;

    LogScan(DiskFile file, int logId, long validBytes) {
        this.logId = logId;
        this.validBytes = validBytes;
        this.window = new LogWindow(file, validBytes);
    }

    /** What is done with a record and with damage. */
    private interface Step {
        void record(EntryLogFormat.Fields fields) throws IOException;

        void damaged(long fromOffset, long toOffset) throws IOException;
    }

    void run(LogVisitor visitor) throws IOException {
        walk(new Step() {
            @Override
            public void record(EntryLogFormat.Fields fields) throws IOException {
                ByteBuffer body = body(fields);
                if (EntryLogFormat.checksum(body) == fields.bodyChecksum()) {
                    visitor.entry(fields.at(logId, offset), body);
                } else {
                    visitor.damagedEntry(fields.at(logId, offset));
                }
            }

            @Override
            public void damaged(long fromOffset, long toOffset) throws IOException {
                visitor.damagedRange(fromOffset, toOffset);
            }
        });
    }

    private ByteBuffer body(EntryLogFormat.Fields fields) throws IOException {
        int index = window.show(offset + EntryLogFormat.HEAD_BYTES, fields.bodyBytes());
        return window.bytes().slice(index, fields.bodyBytes()).asReadOnlyBuffer();
    }

    void runOverHeads(EntryLogs.HeadVisitor visitor) throws IOException {
        walk(new Step() {
            @Override
            public void record(EntryLogFormat.Fields fields) throws IOException {
                visitor.entry(fields.at(logId, offset));
            }

            @Override
            public void damaged(long fromOffset, long toOffset) throws IOException {
                visitor.damagedRange(fromOffset, toOffset);
            }
        });
    }

    private void walk(Step step) throws IOException {
        checkHeader(step);
        while (offset < validBytes) {
            if (isRecordHere()) {
                endDamage(step);
                int index = window.show(offset, EntryLogFormat.HEAD_BYTES);
                EntryLogFormat.Fields fields = EntryLogFormat.fieldsAt(window.bytes(), index);
                step.record(fields);
                lastRecord = offset;
                offset += fields.recordBytes();
            } else if (damagedFrom < 0 && isPaddingHere() && isSoundBefore()) {
                offset = EntryLogFormat.aligned(offset, EntryLogFormat.BLOCK_BYTES);
            } else {
                damagedFrom = damagedFrom < 0 ? offset : damagedFrom;
                offset += EntryLogFormat.RECORD_ALIGNMENT;
            }
        }
        offset = validBytes;
        endDamage(step);
    }

    private void checkHeader(Step step) throws IOException {
        int shown = Math.toIntExact(Math.min(validBytes, EntryLogFormat.HEADER_BYTES));
        window.show(0, shown);
        if (!EntryLogFormat.isHeader(window.bytes(), logId)) {
            step.damaged(0, shown);
        }
    }

    private boolean isRecordHere() throws IOException {
        if (offset + EntryLogFormat.HEAD_BYTES > validBytes) {
            return false;
        }
        int index = window.show(offset, EntryLogFormat.HEAD_BYTES);
        return EntryLogFormat.isHead(window.bytes(), index, logId, offset)
                && offset + EntryLogFormat.HEAD_BYTES + window.bytes().getInt(index) <= validBytes;
    }

    /** The end of a flush: zeros as far as the next block, which begins behind this place. */
    private boolean isPaddingHere() throws IOException {
        long end = Math.min(validBytes, EntryLogFormat.aligned(offset, EntryLogFormat.BLOCK_BYTES));
        int count = (int) (end - offset);
        int index = window.show(offset, count);
        for (int i = 0; i < count; i++) {
            if (window.bytes().get(index + i) != 0) {
                return false;
            }
        }
        return count > 0;
    }

    /**
     * A block or sector that was lost and reads as zeros looks like the end of a flush, except that it also hits the body
     * that reaches into it, or the header.
     */
    private boolean isSoundBefore() throws IOException {
        if (lastRecord < 0) {
            window.show(0, EntryLogFormat.HEADER_BYTES);
            return EntryLogFormat.isHeader(window.bytes(), logId);
        }
        int index = window.show(lastRecord, EntryLogFormat.HEAD_BYTES);
        EntryLogFormat.Fields fields = EntryLogFormat.fieldsAt(window.bytes(), index);
        int body = window.show(lastRecord + EntryLogFormat.HEAD_BYTES, fields.bodyBytes());
        return EntryLogFormat.checksum(window.bytes().slice(body, fields.bodyBytes())) == fields.bodyChecksum();
    }

    private void endDamage(Step step) throws IOException {
        if (damagedFrom >= 0) {
            step.damaged(damagedFrom, offset);
            damagedFrom = -1;
        }
    }
}
