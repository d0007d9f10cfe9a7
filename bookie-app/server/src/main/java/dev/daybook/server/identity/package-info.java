/** Who a bookie is, and whether its folders are its own. */
@NullMarked
package dev.daybook.server.identity;

import org.jspecify.annotations.NullMarked;
