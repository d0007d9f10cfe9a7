/** Auto-configuration of the client's meters. */
@NullMarked
package dev.daybook.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
