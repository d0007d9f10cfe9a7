/** Named logs: the chain of ledgers behind a log, and every change that it can undergo. */
@NullMarked
package dev.daybook.core.log;

import org.jspecify.annotations.NullMarked;
