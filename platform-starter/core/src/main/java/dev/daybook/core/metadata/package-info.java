/** The compare-and-swap loop over a ledger's metadata record, and the effects it asks for. */
@NullMarked
package dev.daybook.core.metadata;

import org.jspecify.annotations.NullMarked;
