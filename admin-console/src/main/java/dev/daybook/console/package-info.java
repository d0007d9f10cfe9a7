/** The admin console as an application: start, settings, refusal to start. */
@NullMarked
package dev.daybook.console;

import org.jspecify.annotations.NullMarked;
