/** What a bookie does that comes back with less than it had: notes it, and puts the ledgers concerned in limbo. */
@NullMarked
package dev.daybook.server.limbo;

import org.jspecify.annotations.NullMarked;
