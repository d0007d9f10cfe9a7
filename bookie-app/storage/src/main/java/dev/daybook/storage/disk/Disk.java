package dev.daybook.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One flat directory of files. What is written, created, renamed or deleted survives a power cut for certain only after
 * the matching sync: {@link DiskFile#sync} for bytes and size, {@link #syncDirectory} for names.
 */
public interface Disk extends Closeable {
    /** The new file is empty. Fails if the name exists. */
    DiskFile create(String name) throws IOException;

    /** For reading and writing. Fails if the name does not exist. */
    DiskFile open(String name) throws IOException;

    /**
     * For reading and writing around the page cache, where the volume below can do that; otherwise the same as
     * {@link #open}. See {@link DiskFile#alignment}. Fails if the name does not exist.
     */
    DiskFile openDirect(String name) throws IOException;

    /** Names of all regular files, in no order. */
    List<String> list() throws IOException;

    boolean exists(String name) throws IOException;

    long size(String name) throws IOException;

    /** Replaces {@code to} if it exists. After a power cut either the old or the new state is found, never a mixture. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    void syncDirectory() throws IOException;

    /** Capacity of the volume below. */
    long totalBytes() throws IOException;

    /** What is left for this process on the volume below. */
    long usableBytes() throws IOException;

    /** Names the volume below, so that two directories on one volume are not counted twice. */
    String volume() throws IOException;

    /** The directory, for messages. */
    String path();
}
