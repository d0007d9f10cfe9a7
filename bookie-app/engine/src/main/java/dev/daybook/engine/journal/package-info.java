/** What a journal says, as values, and how a damaged one is judged. No bytes here. */
@NullMarked
package dev.daybook.engine.journal;

import org.jspecify.annotations.NullMarked;
