/** Tests with the official client and server, each in processes of its own. */
@NullMarked
package dev.daybook.interop;

import org.jspecify.annotations.NullMarked;
