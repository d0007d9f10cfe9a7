/** Makes the index of a bookie that does not run anew from its entry logs. */
@NullMarked
package dev.daybook.tools.rebuild;

import org.jspecify.annotations.NullMarked;
