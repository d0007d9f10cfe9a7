/** Messages between a client and a bookie and their two encodings, v2 and v3. */
@NullMarked
package dev.daybook.protocol.wire;

import org.jspecify.annotations.NullMarked;
