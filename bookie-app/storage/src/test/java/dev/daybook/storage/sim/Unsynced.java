package dev.daybook.storage.sim;

/** One change that has been made and is not durable: after a power cut it may be found or not. */
sealed interface Unsynced {
    /** Orders the changes of all disks of one machine. */
    long order();

    /** What the change belongs to: a file, or a directory. Changes of one of them may be kept and lost together. */
    Object place();

    /**
     * A page of a file took this content; sectors of it may survive alone.
     *
     * @param content the whole page as it was after the write; not to be changed
     */
    record Page(long order, SimFile place, int page, byte[] content) implements Unsynced {}

    /** A file grew. Without it bytes behind the former end are cut off; without the pages there are zeros. */
    record Size(long order, SimFile place, long bytes) implements Unsynced {}

    /** A name appeared, vanished or was replaced. Those of one directory survive up to some point or one by one. */
    record Name(long order, SimDisk place, String removed, String added, SimFile file) implements Unsynced {
        static final String NONE = "";
    }
}
