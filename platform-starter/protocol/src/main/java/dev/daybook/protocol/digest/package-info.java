/** Packaged entries: the header, the digest and the keys derived from a ledger password. */
@NullMarked
package dev.daybook.protocol.digest;

import org.jspecify.annotations.NullMarked;
