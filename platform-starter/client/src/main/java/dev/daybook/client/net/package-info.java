/** Connections to bookies: one set per event loop, frames, matching of answers, timeouts. */
@NullMarked
package dev.daybook.client.net;

import org.jspecify.annotations.NullMarked;
