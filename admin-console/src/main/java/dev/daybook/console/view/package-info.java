/** Values as pages show them: texts, marks and bars, made from facts by pure functions. */
@NullMarked
package dev.daybook.console.view;

import org.jspecify.annotations.NullMarked;
