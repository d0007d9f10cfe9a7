/** How full the bookie's directories are, and what follows from it. */
@NullMarked
package dev.daybook.server.disk;

import org.jspecify.annotations.NullMarked;
