/** The program: its main class. */
@NullMarked
package dev.daybook.boot;

import org.jspecify.annotations.NullMarked;
