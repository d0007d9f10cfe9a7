/** What the bookie's own threads have in common. */
@NullMarked
package dev.daybook.server.loop;

import org.jspecify.annotations.NullMarked;
