/** Auto-recovery as a role of its own, and as a part of a bookie. */
@NullMarked
package dev.daybook.boot.autorecovery;

import org.jspecify.annotations.NullMarked;
