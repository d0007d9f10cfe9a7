/**
 * Gives ledgers back the copies they lack: the check that finds what is missing, the copy of a fragment, and the repair
 * that joins them and changes the metadata last.
 */
@NullMarked
package dev.daybook.core.repair;

import org.jspecify.annotations.NullMarked;
