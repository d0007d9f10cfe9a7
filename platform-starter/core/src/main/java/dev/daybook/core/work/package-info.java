/** Decides which marked ledger a worker repairs next, and what it does after each outcome. */
@NullMarked
package dev.daybook.core.work;

import org.jspecify.annotations.NullMarked;
