/** Templates over the ledger client for Spring applications. */
@NullMarked
package dev.daybook.spring.core;

import org.jspecify.annotations.NullMarked;
