/** How requests get to bookies and answers back: as single messages, or over connections. */
@NullMarked
package dev.daybook.simulator.net;

import org.jspecify.annotations.NullMarked;
