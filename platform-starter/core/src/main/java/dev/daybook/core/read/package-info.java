/** Reading entries, learning the last confirmed one, and following the tail of a ledger. */
@NullMarked
package dev.daybook.core.read;

import org.jspecify.annotations.NullMarked;
