/** Auto-configuration of the health indicator. */
@NullMarked
package dev.daybook.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
