/** Gives back the space of what is not needed any more: deleted ledgers, copies that belong elsewhere, dead entries. */
@NullMarked
package dev.daybook.server.garbage;

import org.jspecify.annotations.NullMarked;
