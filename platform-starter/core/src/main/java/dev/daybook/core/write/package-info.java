/** The writing end of a ledger: the add window, ensemble changes and the close. */
@NullMarked
package dev.daybook.core.write;

import org.jspecify.annotations.NullMarked;
