/** Reads the directories of a stopped Apache BookKeeper bookie, and never writes to them. */
@NullMarked
package dev.daybook.importer.source;

import org.jspecify.annotations.NullMarked;
