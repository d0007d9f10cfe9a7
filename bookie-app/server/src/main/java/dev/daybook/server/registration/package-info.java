/** How the cluster sees a bookie: writable, read-only, or not at all. */
@NullMarked
package dev.daybook.server.registration;

import org.jspecify.annotations.NullMarked;
