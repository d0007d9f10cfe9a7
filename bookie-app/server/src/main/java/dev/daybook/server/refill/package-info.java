/** Gives back to this bookie what it has lost, from its peers, and ends the limbo of what is complete again. */
@NullMarked
package dev.daybook.server.refill;

import org.jspecify.annotations.NullMarked;
