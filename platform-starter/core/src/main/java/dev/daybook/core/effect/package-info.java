/** How cores speak to their drivers: effects, the outbox, dice and checked invariants. */
@NullMarked
package dev.daybook.core.effect;

import org.jspecify.annotations.NullMarked;
