/** The directories of a bookie: how full they are and what follows from it, their locks, and small durable files. */
@NullMarked
package dev.daybook.server.disk;

import org.jspecify.annotations.NullMarked;
