/** Decides when the cluster is searched for missing copies: after the loss of bookies, and from time to time. */
@NullMarked
package dev.daybook.core.audit;

import org.jspecify.annotations.NullMarked;
