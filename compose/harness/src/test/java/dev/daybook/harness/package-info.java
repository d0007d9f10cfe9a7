/** Tests of the container image and the compose topology. */
@NullMarked
package dev.daybook.harness;

import org.jspecify.annotations.NullMarked;
