/** What Daybook measures: meter names and the recorders that client and bookie call. */
@NullMarked
package dev.daybook.metrics;

import org.jspecify.annotations.NullMarked;
