/** Microbenchmarks of the bookie's hot parts. */
@NullMarked
package dev.daybook.micro;

import org.jspecify.annotations.NullMarked;
