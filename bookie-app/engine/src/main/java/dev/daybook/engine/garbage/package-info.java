/** When the absence of a ledger from the metadata is enough to delete it here. Source: bookie specification, section 9.1. */
@NullMarked
package dev.daybook.engine.garbage;

import org.jspecify.annotations.NullMarked;
