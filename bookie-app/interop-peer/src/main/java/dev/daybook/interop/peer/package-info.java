/** The official client behind a line protocol on standard input and output. */
@NullMarked
package dev.daybook.interop.peer;

import org.jspecify.annotations.NullMarked;
