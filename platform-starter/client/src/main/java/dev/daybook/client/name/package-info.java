/** Names for ledgers: paths that lead to ledger ids, several to one ledger if wanted. */
@NullMarked
package dev.daybook.client.name;

import org.jspecify.annotations.NullMarked;
