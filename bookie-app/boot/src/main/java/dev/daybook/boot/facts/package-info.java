/** What command line and HTTP API tell of ledgers and bookies: names and values that scripts may rely on. */
@NullMarked
package dev.daybook.boot.facts;

import org.jspecify.annotations.NullMarked;
