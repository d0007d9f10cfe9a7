/** Bytes of the metadata store and of cookies: ledger metadata 1 to 3, cookies, LAYOUT, registrations, paths. */
@NullMarked
package dev.daybook.protocol.format;

import org.jspecify.annotations.NullMarked;
