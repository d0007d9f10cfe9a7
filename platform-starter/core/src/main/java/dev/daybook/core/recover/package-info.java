/** Stopping a writer and agreeing on the end of its ledger. */
@NullMarked
package dev.daybook.core.recover;

import org.jspecify.annotations.NullMarked;
