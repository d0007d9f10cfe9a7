/** Tests of what is delivered: the container image, the compose topology, and the console in a browser. */
@NullMarked
package dev.daybook.harness;

import org.jspecify.annotations.NullMarked;
