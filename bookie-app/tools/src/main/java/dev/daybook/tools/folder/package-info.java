/** The folders of a bookie that does not run, opened for reading. */
@NullMarked
package dev.daybook.tools.folder;

import org.jspecify.annotations.NullMarked;
