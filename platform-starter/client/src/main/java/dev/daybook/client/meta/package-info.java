/** Ports to the metadata service and their values. Adapters live in packages below, one per service. */
@NullMarked
package dev.daybook.client.meta;

import org.jspecify.annotations.NullMarked;
