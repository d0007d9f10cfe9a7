/** Reads a bookie's folders back as a whole and says what is damaged and which ledgers that concerns. */
@NullMarked
package dev.daybook.tools.verify;

import org.jspecify.annotations.NullMarked;
