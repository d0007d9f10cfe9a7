/** The bookie's port: frames in and out, limits, and the answers that need no bookie. */
@NullMarked
package dev.daybook.server.net;

import org.jspecify.annotations.NullMarked;
