/** Write sets, ack tallies, coverage and kinds of answers: arithmetic without state of its own. */
@NullMarked
package dev.daybook.core.quorum;

import org.jspecify.annotations.NullMarked;
