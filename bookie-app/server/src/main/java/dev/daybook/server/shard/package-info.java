/** Request execution: drives the bookie core and its storage. */
@NullMarked
package dev.daybook.server.shard;

import org.jspecify.annotations.NullMarked;
