/** Finds ledgers that lack copies and gives them back: an auditor, of which the cluster has one, and a worker. */
@NullMarked
package dev.daybook.server.autorecovery;

import org.jspecify.annotations.NullMarked;
