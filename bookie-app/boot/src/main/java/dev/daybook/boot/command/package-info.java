/** The command line: one class per command, nothing but options and wiring. */
@NullMarked
package dev.daybook.boot.command;

import org.jspecify.annotations.NullMarked;
