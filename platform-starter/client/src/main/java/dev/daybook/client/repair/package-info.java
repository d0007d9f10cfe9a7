/** Giving ledgers back the copies they lack, one ledger at a time; what to repair and when is decided elsewhere. */
@NullMarked
package dev.daybook.client.repair;

import org.jspecify.annotations.NullMarked;
