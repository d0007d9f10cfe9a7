/** The recorders bound to a Micrometer registry; needs {@code micrometer-core}, which is optional. */
@NullMarked
package dev.daybook.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
