/** Loops that own open ledgers: they drive the protocol cores, perform their effects and complete the futures. */
@NullMarked
package dev.daybook.client.loop;

import org.jspecify.annotations.NullMarked;
