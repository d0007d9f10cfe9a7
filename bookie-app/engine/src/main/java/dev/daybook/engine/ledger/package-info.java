/** What a bookie knows of one ledger: one authoritative object each, and the immutable row that outlives it. */
@NullMarked
package dev.daybook.engine.ledger;

import org.jspecify.annotations.NullMarked;
