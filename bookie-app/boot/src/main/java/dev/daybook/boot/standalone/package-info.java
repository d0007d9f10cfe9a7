/** A whole small cluster in one process. */
@NullMarked
package dev.daybook.boot.standalone;

import org.jspecify.annotations.NullMarked;
