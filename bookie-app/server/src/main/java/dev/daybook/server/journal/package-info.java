/** The thread that writes and syncs a journal. */
@NullMarked
package dev.daybook.server.journal;

import org.jspecify.annotations.NullMarked;
