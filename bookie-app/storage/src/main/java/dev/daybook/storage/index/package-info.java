/** Sorted immutable segments that say where entries lie; see FORMAT.md. */
@NullMarked
package dev.daybook.storage.index;

import org.jspecify.annotations.NullMarked;
