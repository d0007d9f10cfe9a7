/** Values that every part of Daybook shares. Immutable, free of I/O, free of other Daybook packages. */
@NullMarked
package dev.daybook.protocol.model;

import org.jspecify.annotations.NullMarked;
