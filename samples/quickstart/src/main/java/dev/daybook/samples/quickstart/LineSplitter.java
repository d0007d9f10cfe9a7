package dev.daybook.samples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream after each line feed. Bytes are not interpreted, so the lines joined together are the stream again.
 * Never holds more than one chunk and one line of at most {@code maxLineBytes}. For one thread.
 */
final class LineSplitter {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int position;
    private int limit;

    /** The part of the current line that earlier chunks held. */
    private byte[] begun = new byte[256];

    LineSplitter(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    Line next() throws IOException {
        long length = 0;
        while (fill()) {
            int end = indexAfterLineFeed();
            int part = (end < 0 ? limit : end) - position;
            keep(length, part);
            length += part;
            position += part;
            if (end >= 0) {
                return line(length);
            }
        }
        return length == 0 ? new Line.End() : line(length);
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = Math.max(0, in.read(chunk));
        return limit > 0;
    }

    private int indexAfterLineFeed() {
        for (int i = position; i < limit; i++) {
            if (chunk[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** What exceeds the longest line is counted only. */
    private void keep(long length, int part) {
        if (length + part > maxLineBytes) {
            return;
        }
        int kept = Math.toIntExact(length);
        if (kept + part > begun.length) {
            begun = Arrays.copyOf(begun, (int) Math.min(maxLineBytes, Math.max(2L * begun.length, kept + part)));
        }
        System.arraycopy(chunk, position, begun, kept, part);
    }

    private Line line(long length) {
        return length > maxLineBytes
                ? new Line.TooLong(length)
                : new Line.Whole(Arrays.copyOf(begun, Math.toIntExact(length)));
    }
}
