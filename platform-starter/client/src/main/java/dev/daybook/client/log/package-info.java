/** Named logs: never-ending sequences of records over chains of ledgers, with one writer and any number of readers. */
@NullMarked
package dev.daybook.client.log;

import org.jspecify.annotations.NullMarked;
