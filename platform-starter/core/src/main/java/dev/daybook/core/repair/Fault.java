package dev.daybook.core.repair;

/** What is wrong with one member of an ensemble. */
public enum Fault {
    /** The cluster does not know it as alive. */
    LOST,
    /** It is alive and shall not keep its copies, by an operator's wish. */
    LEAVING,
    /** It stays, and has said that it lacks an entry or returned a damaged one. */
    LACKING
}
