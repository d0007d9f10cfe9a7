/** Asks bookies for their usage over HTTP. */
@NullMarked
package dev.daybook.console.usage;

import org.jspecify.annotations.NullMarked;
